package dev.caelum.node;

import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.Registration;
import dev.caelum.cluster.Self;
import dev.caelum.feed.DisplayText;
import dev.caelum.link.LinkEnd;
import dev.caelum.link.LinkHandler;
import dev.caelum.link.PeerLink;
import dev.caelum.logging.RateLimitedLog;
import dev.caelum.wire.Decoded;
import dev.caelum.wire.Envelope;
import dev.caelum.wire.Frame;
import dev.caelum.wire.FrameCodec;
import dev.caelum.wire.MachineInfoCodec;
import dev.caelum.wire.MessageType;
import dev.caelum.wire.NumberedFrame;
import dev.caelum.wire.RegistrationCodec;
import dev.caelum.wire.Timestamp;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Speaks with the peers: turns frames into inputs, answers what can be answered without the core,
 * and writes what the core wants said, in the form that the peer understands.
 */
final class LinkTraffic implements LinkHandler {
  private static final Logger LOG = Logger.getLogger(LinkTraffic.class.getName());
  private static final int MACHINES_A_FRAME = 150;
  private static final long ANSWER_NANOS = 5_000_000_000L;

  private final Supplier<Self> self;
  private final Supplier<ClusterSnapshot> table;
  private final Consumer<Input> inputs;
  private final Map<Long, LinkSession> sessions = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
  private final Object emptied = new Object();
  private final LongAdder unanswered = new LongAdder();
  private final RateLimitedLog refusals = new RateLimitedLog(LOG);

  LinkTraffic(Supplier<Self> self, Supplier<ClusterSnapshot> table, Consumer<Input> inputs) {
    this.self = self;
    this.table = table;
    this.inputs = inputs;
  }

  Collection<LinkSession> sessions() {
    return sessions.values();
  }

  @Nullable LinkSession session(long link) {
    return sessions.get(link);
  }

  /** Refused frames since the start, by reason. */
  Map<String, LongAdder> refused() {
    return refused;
  }

  /** Messages that peers never answered. */
  long unanswered() {
    return unanswered.sum();
  }

  // ---- what arrives ----

  /** Outbound links are told by the dial's outcome, which knows what was dialled. */
  @Override
  public void opened(PeerLink link) {
    sessions.put(link.number(), new LinkSession(link, self.get().id().value()));
    if (!link.outbound()) {
      inputs.accept(
          new Input.LinkOpened(System.nanoTime(), link.number(), false, host(link), null));
    }
  }

  static String host(PeerLink link) {
    return link.remote().getAddress().getHostAddress();
  }

  @Override
  public void message(PeerLink link, String text) {
    LinkSession session = sessions.get(link.number());
    if (session == null) {
      return;
    }
    if (!session.allows(System.nanoTime())) {
      refuse(link, "rate", "more than 50 messages a second");
      return;
    }
    switch (FrameCodec.decode(text)) {
      case Decoded.Rejected<NumberedFrame> rejected ->
          refuse(link, rejected.reason().code(), rejected.detail());
      case Decoded.Value<NumberedFrame>(NumberedFrame numbered) -> take(session, numbered);
    }
  }

  private void refuse(PeerLink link, String reason, String detail) {
    refused.computeIfAbsent(reason, _ -> new LongAdder()).increment();
    refusals.warning("frame " + reason, () -> "Refused a frame from " + host(link) + ": " + detail);
  }

  private void take(LinkSession session, NumberedFrame numbered) {
    long link = session.link().number();
    if (numbered.number() > 0 && !session.inOrder(numbered.number())) {
      refuse(session.link(), "out_of_order", "frame " + numbered.number());
    }
    switch (numbered.frame()) {
      case Frame.Legacy(Envelope envelope) -> envelope(session, envelope);
      case Frame.Heartbeat(MachineInfo info) -> heard(link, info);
      case Frame.AskMachines ask -> {
        heard(link, null);
        sendMachines(session, numbered.number());
      }
      case Frame.Machines(List<Frame.KnownMachine> machines) -> {
        heard(link, null);
        machines.forEach(this::toldOf);
      }
      case Frame.ServiceQuery(String name) -> {
        heard(link, null);
        session.send(new Frame.ServiceLocation(name, location(name)), numbered.number());
      }
      case Frame.ServiceLocation location -> heard(link, null);
      case Frame.Status status -> heard(link, null);
      case Frame.Goodbye goodbye -> inputs.accept(new Input.LinkGoodbye(System.nanoTime(), link));
      case Frame.Problem(String code, String text) -> {
        heard(link, null);
        refusals.warning(
            "peer problem " + code, () -> host(session.link()) + " says: " + code + ", " + text);
      }
    }
  }

  private void envelope(LinkSession session, Envelope envelope) {
    long link = session.link().number();
    List<String> targets = envelope.targets();
    if (targets != null && !targets.contains(self.get().id().value())) {
      heard(link, null);
      return;
    }
    session.answered(envelope.correlationId());
    switch (envelope.type()) {
      case MACHINE_REGISTER -> register(session, envelope, envelope.messageId());
      case MACHINE_UPDATE -> {
        register(session, envelope, null);
        RegistrationCodec.discovered(envelope.payload()).forEach(this::toldOf);
      }
      case MACHINE_HEARTBEAT -> heard(link, info(envelope));
      case MACHINE_DISCOVER -> {
        heard(link, null);
        session.send(MessageType.MACHINE_UPDATE, discovered(), envelope.messageId());
      }
      case PING -> {
        heard(link, null);
        session.send(MessageType.PONG, Map.of("timestamp", Timestamp.now()), envelope.messageId());
      }
      case SERVICE_QUERY -> {
        heard(link, null);
        session.send(MessageType.SERVICE_RESPONSE, serviceResponse(envelope), envelope.messageId());
      }
      case PONG, SERVICE_RESPONSE, SERVICE_ANNOUNCE, STATUS_BROADCAST -> heard(link, null);
      case TASK_DISTRIBUTE,
          TASK_ASSIGN,
          TASK_PROGRESS,
          TASK_COMPLETE,
          TASK_FAILED,
          RESOURCE_REQUEST,
          RESOURCE_AVAILABLE,
          RESOURCE_RESERVED,
          RESOURCE_RELEASED -> {
        heard(link, null);
        session.send(MessageType.ERROR, notYet(envelope.type()), envelope.messageId());
      }
      case ERROR -> {
        heard(link, null);
        refusals.warning(
            "peer error",
            () -> host(session.link()) + " answered with an error: " + envelope.payload());
      }
    }
  }

  private static Map<String, @Nullable Object> notYet(MessageType type) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("error", "not_yet");
    out.put("message_type", type.code());
    out.put("message", "This node takes no tasks and reserves no resources yet.");
    return out;
  }

  private void heard(long link, @Nullable MachineInfo info) {
    inputs.accept(new Input.LinkHeard(System.nanoTime(), link, info));
  }

  @SuppressWarnings("unchecked")
  private static @Nullable MachineInfo info(Envelope envelope) {
    return envelope.payload().get("machine_info") instanceof Map<?, ?> object
            && MachineInfoCodec.decode((Map<String, @Nullable Object>) object)
                instanceof Decoded.Value<MachineInfo>(MachineInfo info)
        ? info
        : null;
  }

  private void register(LinkSession session, Envelope envelope, @Nullable String inReplyTo) {
    switch (RegistrationCodec.decode(envelope.payload())) {
      case Decoded.Rejected<Registration> rejected ->
          refuse(session.link(), rejected.reason().code(), rejected.detail());
      case Decoded.Value<Registration>(Registration who) -> {
        session.registered(who.id().value(), who.instance());
        inputs.accept(
            new Input.LinkRegistered(System.nanoTime(), session.link().number(), who, inReplyTo));
      }
    }
  }

  /** A peer names a machine: a hint, under the dial policy. */
  private void toldOf(Frame.KnownMachine machine) {
    Self me = self.get();
    if (!me.instance().value().equals(machine.instance())) {
      contact(machine.host(), machine.port());
    }
  }

  private void toldOf(MachineInfo machine) {
    Self me = self.get();
    if (!machine.machineId().equals(me.id().value()) && !machine.primaryIp().isBlank()) {
      contact(machine.primaryIp(), Input.LEGACY_PORTS.getFirst());
    }
  }

  private void contact(String host, int port) {
    inputs.accept(
        new Input.Contact(System.nanoTime(), new Endpoint(host, port), Input.Origin.PEER, "PEER"));
  }

  @Override
  public void pong(PeerLink link, long rttNanos) {
    inputs.accept(new Input.LinkPong(System.nanoTime(), link.number(), rttNanos));
  }

  @Override
  public void closed(PeerLink link, LinkEnd end) {
    sessions.remove(link.number());
    synchronized (emptied) {
      emptied.notifyAll();
    }
    inputs.accept(new Input.LinkClosed(System.nanoTime(), link.number(), end.code(), end.reason()));
  }

  /** Counts and tells of the questions that an old node left open. */
  void tick(long now) {
    for (LinkSession session : sessions.values()) {
      for (LinkSession.Question question : session.unanswered(now, ANSWER_NANOS)) {
        unanswered.increment();
        refusals.warning(
            "unanswered " + question.type().code(),
            () ->
                host(session.link())
                    + " did not answer "
                    + question.type().code()
                    + " within 5 s; old nodes leave some questions open");
      }
    }
  }

  // ---- what is sent ----

  void register(long link) {
    LinkSession session = sessions.get(link);
    if (session != null) {
      session.send(MessageType.MACHINE_REGISTER, RegistrationCodec.encode(self.get(), 0), null);
    }
  }

  void welcome(long link, String inReplyTo) {
    LinkSession session = sessions.get(link);
    if (session != null) {
      session.send(MessageType.MACHINE_UPDATE, RegistrationCodec.encode(self.get(), 0), inReplyTo);
    }
  }

  void ping(long link) {
    LinkSession session = sessions.get(link);
    if (session != null) {
      session.link().ping();
    }
  }

  void heartbeat(long link) {
    LinkSession session = sessions.get(link);
    if (session == null) {
      return;
    }
    MachineInfo info = self.get().info();
    if (session.own()) {
      session.send(new Frame.Heartbeat(info), null);
    } else {
      Map<String, @Nullable Object> payload = new LinkedHashMap<>();
      payload.put("machine_info", MachineInfoCodec.encode(info));
      session.send(MessageType.MACHINE_HEARTBEAT, payload, null);
      session.send(MessageType.PING, new LinkedHashMap<>(), null);
    }
  }

  void askMachines(long link, @Nullable InstanceId instance) {
    LinkSession session = sessions.get(link);
    if (session == null) {
      return;
    }
    if (instance != null) {
      session.send(new Frame.AskMachines(), null);
    } else {
      Map<String, @Nullable Object> payload = new LinkedHashMap<>();
      payload.put("discovery_request", true);
      session.send(MessageType.MACHINE_DISCOVER, payload, null);
    }
  }

  /** Says goodbye in the form that the peer knows, then closes. */
  void goodbye(long link) {
    LinkSession session = sessions.get(link);
    if (session != null) {
      if (session.own()) {
        session.send(new Frame.Goodbye(), null);
      }
      session.link().close(LinkEnd.GOING_AWAY, "this node is stopping");
    }
  }

  void close(long link, int code, String reason) {
    LinkSession session = sessions.get(link);
    if (session != null) {
      session.link().close(code, reason);
    } else {
      // It was gone before the core heard of it.
      inputs.accept(new Input.LinkClosed(System.nanoTime(), link, LinkEnd.LOST, "gone"));
    }
  }

  /** Waits until every link is gone, at most {@code millis}. */
  void awaitEmpty(long millis) {
    long until = System.nanoTime() + millis * 1_000_000;
    synchronized (emptied) {
      for (long left = millis;
          left > 0 && !sessions.isEmpty();
          left = (until - System.nanoTime()) / 1_000_000) {
        try {
          emptied.wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  /**
   * Sends a status broadcast to every registered peer.
   *
   * @return how many links took it
   */
  int broadcast(String messageId, Map<String, @Nullable Object> payload) {
    int taken = 0;
    for (LinkSession session : sessions.values()) {
      if (session.peerId() == null) {
        continue;
      }
      boolean sent =
          session.own()
              ? session.send(new Frame.Status(payload), null)
              : session.send(messageId, MessageType.STATUS_BROADCAST, payload, null);
      taken += sent ? 1 : 0;
    }
    return taken;
  }

  private void sendMachines(LinkSession session, long reply) {
    List<Frame.KnownMachine> machines =
        table.get().members().stream()
            .filter(member -> !member.self() && member.connected())
            .limit(MACHINES_A_FRAME)
            .map(member ->
                new Frame.KnownMachine(
                    member.id().value(),
                    member.instance() == null ? null : member.instance().value(),
                    member.endpoint().host(),
                    member.endpoint().port()))
            .toList();
    session.send(new Frame.Machines(machines), reply);
  }

  private Map<String, @Nullable Object> discovered() {
    Map<String, @Nullable Object> payload = RegistrationCodec.encode(self.get(), 0);
    payload.put(
        "discovered_machines",
        table.get().members().stream()
            .filter(member -> !member.self() && member.connected())
            .map(Member::info)
            .filter(info -> info != null)
            .limit(MACHINES_A_FRAME)
            .map(MachineInfoCodec::encode)
            .toList());
    return payload;
  }

  private Map<String, @Nullable Object> serviceResponse(Envelope envelope) {
    String name =
        envelope.payload().get("service_name") instanceof String text ? DisplayText.name(text) : "";
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("service_name", name);
    out.put("location", location(name));
    return out;
  }

  /** {@code ip:port} of a running service anywhere in the cluster; null when nobody has it. */
  private @Nullable String location(String name) {
    for (Member member : table.get().members()) {
      MachineInfo info = member.info();
      if (info == null || !member.state().online()) {
        continue;
      }
      for (MachineInfo.ServiceInfo service : info.runningServices()) {
        if (service.serviceName().equals(name)) {
          return new Endpoint(
                  member.self() ? info.primaryIp() : member.endpoint().host(), service.port())
              .toString();
        }
      }
    }
    return null;
  }
}

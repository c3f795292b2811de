package dev.caelum.node;

import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.Registration;
import dev.caelum.cluster.Rumor;
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
import dev.caelum.wire.MachineChange;
import dev.caelum.wire.MachineInfoCodec;
import dev.caelum.wire.MessageType;
import dev.caelum.wire.NumberedFrame;
import dev.caelum.wire.Refusal;
import dev.caelum.wire.RegistrationCodec;
import dev.caelum.wire.Timestamp;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Hears the peers: turns frames into inputs and answers what can be answered without the core. What
 * a peer sends beyond its rate or against the rules is refused: counted, and the link stays.
 */
final class LinkTraffic implements LinkHandler {
  private static final Logger LOG = Logger.getLogger(LinkTraffic.class.getName());

  /**
   * Reasons of refusal beside those of the codecs: too fast, too early, a useless hint, lines after
   * a missing part of them, a change of a machine that was never told in full.
   */
  static final List<String> OWN_REASONS = List.of("rate", "unregistered", "hint", "part", "pulse");

  private static final long ANSWER_NANOS = 5_000_000_000L;

  private final Supplier<Self> self;
  private final PeerAnswers answers;
  private final Consumer<Input> inputs;
  private final MemberFrames members;
  private final OldMessages old;
  private final Map<Long, LinkSession> sessions = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
  private final Object emptied = new Object();
  private final LongAdder unanswered = new LongAdder();
  private final LongAdder news = new LongAdder();
  private final RateLimitedLog refusals = new RateLimitedLog(LOG);

  LinkTraffic(
      Supplier<Self> self,
      PeerAnswers answers,
      MemberFrames members,
      OldMessages old,
      Consumer<Input> inputs) {
    this.members = members;
    this.old = old;
    this.self = self;
    this.answers = answers;
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

  /** Rumors and lines of tables that peers told on links. */
  long news() {
    return news.sum();
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
    if (!session.allows(System.nanoTime(), text)) {
      refuse(link, "rate", "more messages or characters a second than it may send");
      return;
    }
    switch (FrameCodec.decode(text)) {
      case Decoded.Rejected<NumberedFrame> rejected ->
          refuse(link, rejected.reason().code(), rejected.detail());
      case Decoded.Value<NumberedFrame>(NumberedFrame numbered) ->
          take(session, numbered, text.length());
    }
  }

  private void refuse(PeerLink link, String reason, String detail) {
    count(reason);
    refusals.warning(
        "frame " + reason,
        () -> "Refused a frame from " + host(link) + ": " + DisplayText.line(detail));
  }

  private void count(String reason) {
    refused.computeIfAbsent(reason, _ -> new LongAdder()).increment();
  }

  private void take(LinkSession session, NumberedFrame numbered, int length) {
    PeerLink link = session.link();
    if (numbered.frame() instanceof Frame.Legacy(Envelope envelope)) {
      envelope(session, envelope);
    } else if (!session.own()) {
      refuse(link, "unregistered", "a frame of ours before both ends said that they know it");
    } else if (!session.inOrder(numbered)) {
      refuse(link, Refusal.OUT_OF_ORDER.code(), "frame " + numbered.number());
    } else {
      frame(session, numbered, length);
    }
  }

  private void frame(LinkSession session, NumberedFrame numbered, int length) {
    long link = session.link().number();
    switch (numbered.frame()) {
      case Frame.Legacy(Envelope envelope) -> envelope(session, envelope);
      case Frame.Rumors(List<Rumor> rumors) -> {
        news.add(rumors.size());
        inputs.accept(new Input.RumorsHeard(System.nanoTime(), link, rumors));
      }
      case Frame.Digest(List<Integer> buckets) ->
          inputs.accept(new Input.DigestHeard(System.nanoTime(), link, buckets));
      case Frame.Lines lines -> lines(session, lines);
      case Frame.Heartbeat(MachineInfo info) -> {
        session.heard(info);
        heard(link, info);
      }
      case Frame.Pulse(MachineChange change) -> {
        MachineInfo now = session.after(change);
        if (now == null) {
          refuse(session.link(), "pulse", "a change of what was never told");
        }
        heard(link, now);
      }
      case Frame.AskMachines ask -> {
        heard(link, null);
        session.send(answers.machines(), numbered.number());
      }
      case Frame.Machines(List<Frame.KnownMachine> machines) -> {
        heard(link, null);
        machines.forEach(this::toldOf);
      }
      case Frame.ServiceQuery(String name) -> {
        heard(link, null);
        session.send(new Frame.ServiceLocation(name, answers.location(name)), numbered.number());
      }
      case Frame.ServiceLocation location -> heard(link, null);
      case Frame.Status status -> heard(link, null);
      case Frame.Work _, Frame.Services _, Frame.Mcp _ -> {
        // They prove life like all others; but there are thousands a second.
        if (session.provesLife(System.nanoTime())) {
          heard(link, null);
        }
        if (!members.heard(link, numbered.frame(), length)) {
          refuse(session.link(), "unregistered", "too much work before the peer is a member");
        }
      }
      case Frame.Goodbye goodbye -> inputs.accept(new Input.LinkGoodbye(System.nanoTime(), link));
      case Frame.Problem(String code, String text) -> {
        heard(link, null);
        refusals.warning(
            "peer problem",
            () -> host(session.link()) + " says: " + DisplayText.line(code + ", " + text));
      }
    }
  }

  /** A part proves life; the whole is one input, since only it tells what the peer lacks. */
  private void lines(LinkSession session, Frame.Lines part) {
    long link = session.link().number();
    LineParts.Whole whole = session.take(part);
    if (whole != null) {
      news.add(whole.lines().size());
      inputs.accept(
          new Input.LinesHeard(
              System.nanoTime(), link, whole.lines(), whole.buckets(), whole.reply()));
      return;
    }
    if (part.part() == part.parts()) {
      refuse(session.link(), "part", "lines of which a part is missing");
    }
    heard(link, null);
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
      case MACHINE_HEARTBEAT -> heartbeat(session, envelope);
      case MACHINE_DISCOVER -> {
        heard(link, null);
        session.send(MessageType.MACHINE_UPDATE, answers.discovered(), envelope.messageId());
      }
      case PING -> {
        heard(link, null);
        session.send(MessageType.PONG, Map.of("timestamp", Timestamp.now()), envelope.messageId());
      }
      case SERVICE_QUERY -> {
        heard(link, null);
        session.send(
            MessageType.SERVICE_RESPONSE, answers.serviceResponse(envelope), envelope.messageId());
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
        if (session.peerId() == null) {
          refuse(session.link(), "unregistered", "work before the peer registered");
        } else {
          old.heard(session, envelope);
        }
      }
      case ERROR -> {
        heard(link, null);
        refusals.warning(
            "peer error",
            () ->
                host(session.link())
                    + " answered with an error: "
                    + DisplayText.line(String.valueOf(envelope.payload().get("error"))));
      }
    }
  }

  private void heard(long link, @Nullable MachineInfo info) {
    inputs.accept(new Input.LinkHeard(System.nanoTime(), link, info));
  }

  /** A heartbeat proves life, whatever is wrong with the facts in it. */
  private void heartbeat(LinkSession session, Envelope envelope) {
    MachineInfo info = null;
    if (envelope.payload().get("machine_info") instanceof Map<?, ?> object) {
      switch (MachineInfoCodec.decode(strings(object))) {
        case Decoded.Value<MachineInfo>(MachineInfo told) -> info = told;
        case Decoded.Rejected<MachineInfo> rejected ->
            refuse(session.link(), rejected.reason().code(), rejected.detail());
      }
    }
    heard(session.link().number(), info);
  }

  /** The reader of JSON makes objects with such keys only. */
  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> strings(Map<?, ?> object) {
    return (Map<String, @Nullable Object>) object;
  }

  private void register(LinkSession session, Envelope envelope, @Nullable String inReplyTo) {
    switch (RegistrationCodec.decode(envelope.payload())) {
      case Decoded.Rejected<Registration> rejected ->
          refuse(session.link(), rejected.reason().code(), rejected.detail());
      case Decoded.Value<Registration>(Registration who) -> {
        session.registered(who.id().value(), who.instance());
        session.heard(who.info());
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

  /** Only addresses: a name could lead anywhere, and another machine's loopback is our own. */
  private void contact(String host, int port) {
    try {
      InetAddress address = InetAddress.ofLiteral(host);
      if (!address.isLoopbackAddress() && !address.isAnyLocalAddress()) {
        Endpoint target = new Endpoint(address.getHostAddress(), port);
        inputs.accept(new Input.Contact(System.nanoTime(), target, Input.Origin.PEER, "PEER"));
        return;
      }
    } catch (IllegalArgumentException notAnAddress) {
      // Counted like the others.
    }
    count("hint");
  }

  @Override
  public void pong(PeerLink link, long rttNanos) {
    inputs.accept(new Input.LinkPong(System.nanoTime(), link.number(), rttNanos));
  }

  @Override
  public void closed(PeerLink link, LinkEnd end) {
    sessions.remove(link.number());
    members.closed(link.number());
    old.closed(link.number());
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
}

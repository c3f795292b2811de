package dev.caelum.node;

import dev.caelum.cluster.Input;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.Rumor;
import dev.caelum.cluster.Self;
import dev.caelum.link.LinkEnd;
import dev.caelum.wire.Frame;
import dev.caelum.wire.MachineInfoCodec;
import dev.caelum.wire.MessageType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says on links what the core wants said, in the form that each peer understands. */
final class LinkSpeaker {
  private final LinkTraffic traffic;
  private final Supplier<Self> self;
  private final LongSupplier incarnation;
  private final Consumer<Input> inputs;
  private final LongAdder news = new LongAdder();

  /**
   * @param incarnation of this node now
   */
  LinkSpeaker(
      LinkTraffic traffic, Supplier<Self> self, LongSupplier incarnation, Consumer<Input> inputs) {
    this.traffic = traffic;
    this.self = self;
    this.incarnation = incarnation;
    this.inputs = inputs;
  }

  void register(long link) {
    tell(link, MessageType.MACHINE_REGISTER, null);
  }

  void welcome(long link, String inReplyTo) {
    tell(link, MessageType.MACHINE_UPDATE, inReplyTo);
  }

  private void tell(long link, MessageType type, @Nullable String inReplyTo) {
    LinkSession session = traffic.session(link);
    if (session != null) {
      session.register(type, self.get(), incarnation.getAsLong(), inReplyTo);
    }
  }

  void ping(long link) {
    LinkSession session = traffic.session(link);
    if (session != null) {
      session.link().ping();
    }
  }

  void heartbeat(long link) {
    LinkSession session = traffic.session(link);
    if (session == null) {
      return;
    }
    MachineInfo info = self.get().info();
    if (session.own()) {
      session.heartbeat(info);
    } else {
      Map<String, @Nullable Object> payload = new LinkedHashMap<>();
      payload.put("machine_info", MachineInfoCodec.encode(info));
      session.send(MessageType.MACHINE_HEARTBEAT, payload, null);
      session.send(MessageType.PING, new LinkedHashMap<>(), null);
    }
  }

  /** Tells rumors, in as many frames as they need. */
  void rumors(long link, List<Rumor> rumors) {
    LinkSession session = traffic.session(link);
    for (int from = 0; session != null && from < rumors.size(); from += Frame.Rumors.LIMIT) {
      int to = Math.min(rumors.size(), from + Frame.Rumors.LIMIT);
      told(session.send(new Frame.Rumors(rumors.subList(from, to)), null), to - from);
    }
  }

  void digest(long link, List<Integer> buckets) {
    LinkSession session = traffic.session(link);
    if (session != null) {
      session.send(new Frame.Digest(buckets), null);
    }
  }

  void lines(long link, List<Rumor> lines, List<Integer> buckets, boolean reply) {
    LinkSession session = traffic.session(link);
    if (session != null) {
      for (Frame.Lines part : LineParts.split(lines, buckets, reply)) {
        told(session.send(part, null), part.lines().size());
      }
    }
  }

  private void told(boolean sent, int rumors) {
    news.add(sent ? rumors : 0);
  }

  /** Rumors and lines of the table that this node told on links. */
  long news() {
    return news.sum();
  }

  void askMachines(long link, @Nullable InstanceId instance) {
    LinkSession session = traffic.session(link);
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
    LinkSession session = traffic.session(link);
    if (session != null) {
      if (session.own()) {
        session.send(new Frame.Goodbye(), null);
      }
      session.link().close(LinkEnd.GOING_AWAY, "this node is stopping");
    }
  }

  void close(long link, int code, String reason) {
    LinkSession session = traffic.session(link);
    if (session != null) {
      session.link().close(code, reason);
    } else {
      // It was gone before the core heard of it.
      inputs.accept(new Input.LinkClosed(System.nanoTime(), link, LinkEnd.LOST, "gone"));
    }
  }

  /**
   * Sends a status broadcast to every registered peer.
   *
   * @return how many links took it
   */
  int broadcast(String messageId, Map<String, @Nullable Object> payload) {
    int taken = 0;
    for (LinkSession session : traffic.sessions()) {
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
}

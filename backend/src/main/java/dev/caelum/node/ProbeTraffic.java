package dev.caelum.node;

import dev.caelum.beacon.Datagram;
import dev.caelum.beacon.DatagramHandler;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.ProbeMessage;
import dev.caelum.discovery.DialPolicy;
import dev.caelum.feed.DisplayText;
import dev.caelum.logging.RateLimitedLog;
import dev.caelum.wire.Decoded;
import dev.caelum.wire.ProbeCodec;
import dev.caelum.wire.Refusal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Moves the datagrams of the failure detector: sends what the core wants sent and tells it what
 * came; all other datagrams go on to the next handler. Never blocks and answers nothing itself.
 */
final class ProbeTraffic implements DatagramHandler {
  private static final Logger LOG = Logger.getLogger(ProbeTraffic.class.getName());

  /** No node of ours sends from a lower port; what came from one is not answered. */
  private static final int LOWEST_PORT = 1_024;

  /** Reasons of refusal beside those of the codec. */
  static final List<String> OWN_REASONS = List.of("port");

  private final BiPredicate<byte[], InetSocketAddress> sender;
  private final DialPolicy policy;
  private final Consumer<Input> inputs;
  private final DatagramHandler next;
  private final Map<Kind, LongAdder> sent = new ConcurrentHashMap<>();
  private final Map<Kind, LongAdder> heard = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
  private final LongAdder failed = new LongAdder();
  private final LongAdder rumorsSent = new LongAdder();
  private final LongAdder rumorsHeard = new LongAdder();
  private final RateLimitedLog refusals = new RateLimitedLog(LOG);

  /** What a datagram is, for counting. */
  enum Kind {
    PROBE,
    RELAY,
    ACK,
    NACK;

    private static Kind of(ProbeMessage message) {
      return switch (message) {
        case ProbeMessage.Probe _ -> PROBE;
        case ProbeMessage.Relay _ -> RELAY;
        case ProbeMessage.Ack _ -> ACK;
        case ProbeMessage.Nack _ -> NACK;
      };
    }
  }

  /**
   * @param sender sends a datagram now or not at all, and says whether it left
   * @param next takes all other datagrams
   */
  ProbeTraffic(
      BiPredicate<byte[], InetSocketAddress> sender,
      DialPolicy policy,
      Consumer<Input> inputs,
      DatagramHandler next) {
    this.sender = sender;
    this.policy = policy;
    this.inputs = inputs;
    this.next = next;
  }

  /** Sends a datagram; one that cannot leave is counted and lost, as on any network. */
  void send(Endpoint target, ProbeMessage message) {
    if (leaves(target, message)) {
      sent.computeIfAbsent(Kind.of(message), _ -> new LongAdder()).increment();
      rumorsSent.add(message.rumors().size());
    } else {
      failed.increment();
    }
  }

  private boolean leaves(Endpoint target, ProbeMessage message) {
    InetAddress address;
    try {
      address = InetAddress.ofLiteral(target.host());
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
    // A rumor may name any address: one that no member can have is never sent to.
    return target.port() >= LOWEST_PORT
        && policy.never(address, target.port()).isEmpty()
        && sender.test(ProbeCodec.encode(message), new InetSocketAddress(address, target.port()));
  }

  @Override
  public void received(Datagram datagram) {
    if (!ProbeCodec.matches(datagram.payload())) {
      next.received(datagram);
      return;
    }
    InetSocketAddress source = datagram.source();
    if (source.getPort() < LOWEST_PORT) {
      refuse(source, "port", "from port " + source.getPort());
      return;
    }
    switch (ProbeCodec.decode(datagram.payload())) {
      case Decoded.Rejected<ProbeMessage>(Refusal reason, String detail) ->
          refuse(source, reason.code(), detail);
      case Decoded.Value<ProbeMessage>(ProbeMessage message) -> {
        heard.computeIfAbsent(Kind.of(message), _ -> new LongAdder()).increment();
        rumorsHeard.add(message.rumors().size());
        inputs.accept(
            new Input.ProbeHeard(
                System.nanoTime(),
                message,
                new Endpoint(source.getAddress().getHostAddress(), source.getPort())));
      }
    }
  }

  private void refuse(InetSocketAddress source, String reason, String detail) {
    refused.computeIfAbsent(reason, _ -> new LongAdder()).increment();
    refusals.warning(
        "probe " + reason,
        () -> "Refused a probe from " + source + ": " + DisplayText.line(detail));
  }

  /** Datagrams that left, of one kind. */
  long sent(Kind kind) {
    return sum(sent.get(kind));
  }

  /** Readable datagrams that came, of one kind; whether they are genuine the core judges. */
  long heard(Kind kind) {
    return sum(heard.get(kind));
  }

  /** Datagrams that could not leave. */
  long failed() {
    return failed.sum();
  }

  /** Datagrams refused, for one reason. */
  long refused(String reason) {
    return sum(refused.get(reason));
  }

  /** Rumors that rode on datagrams which left. */
  long rumorsSent() {
    return rumorsSent.sum();
  }

  /** Rumors that came on readable datagrams. */
  long rumorsHeard() {
    return rumorsHeard.sum();
  }

  private static long sum(@Nullable LongAdder adder) {
    return adder == null ? 0 : adder.sum();
  }
}

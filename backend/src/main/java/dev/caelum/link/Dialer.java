package dev.caelum.link;

import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.FailureCode;
import dev.caelum.link.DialOutcome.Failed;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens links to other nodes, at {@code ws://host:port/}. One dial is one connection: no second
 * attempt, no proxy, no redirect, so a victim of forged beacons gets no more than was decided.
 */
public final class Dialer implements AutoCloseable {
  private static final Failed STOPPING = new Failed(FailureCode.LOST, "this node is stopping", 0);

  private final Links links;
  private final DialGuard guard;

  /** Dials under way and links that stand; whoever dials keeps them few. */
  private final Set<OutboundConnection> connections = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;

  public Dialer(Links links, DialGuard guard) {
    this.links = links;
    this.guard = guard;
  }

  /**
   * Dials, and tells the outcome exactly once. Never blocks; {@code done} runs on another thread,
   * except for refusals that are known at once.
   *
   * @param timeout for connect and handshake together
   */
  public void dial(Endpoint target, Duration timeout, Consumer<DialOutcome> done) {
    dial(target, null, timeout, done);
  }

  /** Like {@link #dial(Endpoint, Duration, Consumer)}, from one address of this machine. */
  public void dial(
      Endpoint target, @Nullable InetAddress from, Duration timeout, Consumer<DialOutcome> done) {
    InetAddress address;
    try {
      address = InetAddress.ofLiteral(target.host());
    } catch (IllegalArgumentException e) {
      done.accept(new Failed(FailureCode.NAME, "not an IP address", 0));
      return;
    }
    String refusal = guard.refusal(address, target.port()).orElse(null);
    if (refusal != null) {
      done.accept(new Failed(FailureCode.POLICY, refusal, 0));
      return;
    }
    if (closed) {
      done.accept(STOPPING);
      return;
    }
    OutboundConnection connection =
        new OutboundConnection(
            links, target, from, new InetSocketAddress(address, target.port()), timeout);
    connections.add(connection);
    if (closed) {
      // Closed meanwhile, perhaps before this one could be seen.
      connection.stop();
    }
    Thread.ofVirtual()
        .name("dial " + target)
        .start(() -> connection.run(done, () -> connections.remove(connection)));
  }

  /** Breaks every dial under way and every link that was dialled. */
  @Override
  public void close() {
    closed = true;
    connections.forEach(OutboundConnection::stop);
  }
}

package dev.caelum.link;

import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.FailureCode;
import dev.caelum.link.ClientHandshake.Refusal;
import dev.caelum.link.DialOutcome.Connected;
import dev.caelum.link.DialOutcome.Failed;
import io.helidon.common.buffers.DataReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One dial and, when it succeeds, its link until the end: one connection. */
final class OutboundConnection {
  private static final Logger LOG = Logger.getLogger(OutboundConnection.class.getName());

  private final Links links;
  private final Endpoint target;
  private final @Nullable InetAddress from;
  private final InetSocketAddress remote;
  private final Duration timeout;
  private final long start = System.nanoTime();

  /** A system-wide proxy has no business between two nodes of a LAN. */
  private final Socket socket = new Socket(Proxy.NO_PROXY);

  private final SocketNetwork network = new SocketNetwork(socket);
  private final FrameSink sink = new FrameSink(network, true);
  private volatile boolean expired;
  private volatile boolean stopped;
  private volatile @Nullable PeerLink link;

  /**
   * @param from the own address to dial from; null = the system's choice
   * @param timeout for connect and handshake together
   */
  OutboundConnection(
      Links links,
      Endpoint target,
      @Nullable InetAddress from,
      InetSocketAddress remote,
      Duration timeout) {
    this.links = links;
    this.target = target;
    this.from = from;
    this.remote = remote;
    this.timeout = timeout;
  }

  /**
   * Dials and tells the outcome exactly once; {@code ended} runs when the connection is over. A
   * link that came of it has a thread of its own: the one that dialled has a stack that grew with
   * the handshake and would keep that size.
   */
  void run(Consumer<DialOutcome> done, Runnable ended) {
    DataReader upgraded = null;
    try {
      upgraded = dial(done);
    } finally {
      if (upgraded == null) {
        sink.abort();
        ended.run();
      }
    }
    if (upgraded != null) {
      DataReader reader = upgraded;
      Thread.ofVirtual().name("link to " + target).start(() -> hold(reader, done, ended));
    }
  }

  /** Connects and shakes hands; null, with the reason told, when no link came of it. */
  private @Nullable DataReader dial(Consumer<DialOutcome> done) {
    Future<?> deadline = links.after(timeout, this::expire);
    try {
      DataReader reader = connect();
      ClientHandshake handshake = new ClientHandshake(target);
      handshake.ask(socket.getOutputStream());
      Refusal refusal = handshake.answer(reader).orElse(null);
      deadline.cancel(false);
      if (refusal == null) {
        return reader;
      }
      tell(done, new Failed(refusal.code(), refusal.evidence(), millis()));
    } catch (IOException | UncheckedIOException | DataReader.InsufficientDataAvailableException e) {
      tell(done, failed(e));
    } finally {
      deadline.cancel(false);
    }
    return null;
  }

  /** Ends the dial, or the link that came of it, from any thread. */
  void stop() {
    stopped = true;
    PeerLink opened = link;
    if (opened != null) {
      opened.abort();
    }
    sink.abort();
  }

  private DataReader connect() throws IOException {
    socket.setTcpNoDelay(true);
    if (from != null) {
      socket.bind(new InetSocketAddress(from, 0));
    }
    socket.connect(remote, Math.max(1, (int) timeout.toMillis()));
    return network.reader();
  }

  private void hold(DataReader reader, Consumer<DialOutcome> done, Runnable ended) {
    PeerLink opened = new PeerLink(links, true, remote, sink);
    link = opened;
    try {
      opened.open();
      tell(done, new Connected(opened, millis()));
      new FrameReader(links.limits(), opened, reader).run();
    } finally {
      sink.abort();
      opened.finish();
      ended.run();
    }
  }

  /** A peer that sends a byte now and then must not hold a dial open. */
  private void expire() {
    expired = true;
    sink.abort();
  }

  private Failed failed(Exception e) {
    if (stopped) {
      return new Failed(FailureCode.LOST, "this node is stopping", millis());
    }
    if (expired || e instanceof SocketTimeoutException) {
      return DialFailures.timeout(socket.isConnected(), timeout, millis());
    }
    return socket.isConnected()
        ? DialFailures.broken(millis())
        : DialFailures.unconnected(e, millis());
  }

  private void tell(Consumer<DialOutcome> done, DialOutcome outcome) {
    try {
      done.accept(outcome);
    } catch (RuntimeException bug) {
      LOG.log(Level.WARNING, "The outcome of a dial could not be handled", bug);
    }
  }

  private long millis() {
    return (System.nanoTime() - start) / 1_000_000;
  }
}

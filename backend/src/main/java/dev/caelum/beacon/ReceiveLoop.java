package dev.caelum.beacon;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One thread that reads every socket into one reused buffer. */
final class ReceiveLoop implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ReceiveLoop.class.getName());

  /** How many datagrams one socket may deliver before the next one has its turn. */
  private static final int BATCH = 256;

  /** From so many datagrams a window on, waking up for each costs more than reading it. */
  private static final int FLOOD_PER_WINDOW = 100;

  private static final long WINDOW_NANOS = 100_000_000;

  /**
   * In a flood the thread naps between two looks; the receive buffer holds what comes meanwhile.
   */
  private static final long NAP_NANOS = 1_000_000;

  private static final long LOG_EVERY_NANOS = 60_000_000_000L;

  private final Selector selector;
  private final DatagramHandler handler;
  private final Function<InetAddress, @Nullable String> interfaceOf;
  private final Function<String, InterfaceTally> tallies;
  private final Thread thread;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(Datagram.MAX_BYTES + 1);
  private final LongAdder handlerFailures = new LongAdder();
  private volatile boolean closed;
  private long windowStart;
  private int inWindow;
  private boolean flooded;
  private long lastFailureLog = Long.MIN_VALUE;

  /**
   * @param interfaceOf the interface whose subnet holds an address, or null
   * @param tallies the counts of an interface
   */
  ReceiveLoop(
      DatagramHandler handler,
      Function<InetAddress, @Nullable String> interfaceOf,
      Function<String, InterfaceTally> tallies)
      throws IOException {
    this.selector = Selector.open();
    this.handler = handler;
    this.interfaceOf = interfaceOf;
    this.tallies = tallies;
    this.thread = Thread.ofPlatform().daemon().name("caelum-beacon-receive").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Reads {@code socket} from now on. */
  void add(BeaconChannel socket) throws IOException {
    socket.channel().register(selector, SelectionKey.OP_READ, socket);
    selector.wakeup();
  }

  /** Lets go of sockets that were closed: their descriptors are freed by the next selection. */
  void forgetClosed() {
    selector.wakeup();
  }

  /** How often the handler threw; each is a bug, logged at most once a minute. */
  long handlerFailures() {
    return handlerFailures.sum();
  }

  private void run() {
    windowStart = System.nanoTime();
    while (!closed) {
      try {
        selector.select(this::drain);
        napInFlood();
      } catch (ClosedSelectorException e) {
        return;
      } catch (IOException e) {
        LOG.log(Level.WARNING, "the beacon sockets cannot be watched", e);
        return;
      }
    }
  }

  private void napInFlood() {
    long now = System.nanoTime();
    if (now - windowStart >= WINDOW_NANOS) {
      flooded = inWindow > FLOOD_PER_WINDOW;
      inWindow = 0;
      windowStart = now;
    }
    if (flooded || inWindow > FLOOD_PER_WINDOW) {
      LockSupport.parkNanos(NAP_NANOS);
    }
  }

  private void drain(SelectionKey ready) {
    BeaconChannel socket = (BeaconChannel) ready.attachment();
    try {
      for (int i = 0; i < BATCH; i++) {
        buffer.clear();
        InetSocketAddress source = (InetSocketAddress) socket.channel().receive(buffer);
        if (source == null) {
          return;
        }
        buffer.flip();
        inWindow++;
        hand(socket, source);
      }
    } catch (ClosedChannelException | CancelledKeyException e) {
      // Closed by a refresh; the selection after this one forgets it.
      return;
    } catch (IOException e) {
      // A socket that cannot be read any more would be ready for ever. The next refresh opens it
      // anew, as it does with every closed one.
      socket.close();
      LOG.log(Level.FINE, "closed a beacon socket that cannot be read", e);
    }
  }

  private void hand(BeaconChannel socket, InetSocketAddress source) {
    SocketKey key = socket.key();
    String name = key.attributes() ? key.interfaceName() : interfaceOf.apply(source.getAddress());
    if (name != null) {
      tallies.apply(name).received(key.via());
    }
    try {
      handler.received(new Datagram(buffer, source, name, key.port(), key.via()));
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  /** A bug in a handler must not deafen the node. */
  private void failed(RuntimeException e) {
    handlerFailures.increment();
    long now = System.nanoTime();
    if (lastFailureLog == Long.MIN_VALUE || now - lastFailureLog >= LOG_EVERY_NANOS) {
      lastFailureLog = now;
      LOG.log(Level.SEVERE, "a datagram could not be handled", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      selector.close();
    } catch (IOException e) {
      LOG.log(Level.FINE, "closing the selector", e);
    }
    if (!thread.isAlive() || Thread.currentThread().equals(thread)) {
      return;
    }
    try {
      thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.caelum.link;

import dev.caelum.link.Outbox.Urgency;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket connection to a peer, in either direction. Any thread may call its methods; none of
 * them blocks.
 */
public final class PeerLink {
  private static final Logger LOG = Logger.getLogger(PeerLink.class.getName());
  private static final AtomicLong NUMBERS = new AtomicLong();
  private static final int PINGS_REMEMBERED = 8;

  private final long number = NUMBERS.incrementAndGet();
  private final long openedAt = System.nanoTime();
  private final boolean outbound;
  private final InetSocketAddress remote;
  private final Links links;
  private final FrameSink sink;
  private final Outbox outbox;
  private final AtomicLong bytesReceived = new AtomicLong();
  private final AtomicLong bytesSent = new AtomicLong();
  private final AtomicReference<@Nullable LinkEnd> end = new AtomicReference<>();
  private final ArrayDeque<SentPing> pings = new ArrayDeque<>();

  /** Orders calls of the handler: the network's and the writer's threads both end links. */
  private final ReentrantLock delivery = new ReentrantLock();

  private boolean closedTold;
  private volatile long lastHeardAt = openedAt;

  private volatile @Nullable Future<?> hardClose;

  PeerLink(Links links, boolean outbound, InetSocketAddress remote, FrameSink sink) {
    this.links = links;
    this.outbound = outbound;
    this.remote = remote;
    this.sink = sink;
    this.outbox = new Outbox(links.limits(), this::startWriter);
  }

  /** Unique in this process, growing. */
  public long number() {
    return number;
  }

  /** Whether this node dialled. */
  public boolean outbound() {
    return outbound;
  }

  /** The peer's address; its source port when the peer dialled. */
  public InetSocketAddress remote() {
    return remote;
  }

  /** When the link was opened, as {@link System#nanoTime()}. */
  public long openedAt() {
    return openedAt;
  }

  /** When the last frame of any kind arrived, as {@link System#nanoTime()}. */
  public long lastHeardAt() {
    return lastHeardAt;
  }

  /** Bytes of all messages that arrived, without what frames them. */
  public long bytesReceived() {
    return bytesReceived.get();
  }

  /** Bytes of all messages that were written, without what frames them. */
  public long bytesSent() {
    return bytesSent.get();
  }

  /**
   * Queues a message. False when it will not be sent: the link is closing, the message is longer
   * than {@link LinkLimits#messageBytes()}, or the queue is full, which closes the link with 1013.
   */
  public boolean send(String text) {
    return send(text, Urgency.ORDINARY);
  }

  /**
   * Like {@link #send}, ahead of all ordinary messages and with a budget of its own: a message
   * beyond it is dropped, counted, and the link stays.
   */
  public boolean sendUrgent(String text) {
    return send(text, Urgency.URGENT);
  }

  /** Like {@link #sendUrgent}, but after all other messages. */
  public boolean sendWork(String text) {
    return send(text, Urgency.WORK);
  }

  /** Sends a WebSocket ping; its answer arrives at {@link LinkHandler#pong}. */
  public void ping() {
    outbox.ping(ByteBuffer.allocate(0));
  }

  /**
   * Ends the link politely: what was queued, then a close frame, then the end of the connection
   * after {@link LinkLimits#closeGrace()} at the latest. Only the first end counts.
   *
   * @param code 1000, 1001, 1002, 1003, 1007 to 1009, 1011 to 1013 or 3000 to 4999
   * @param reason at most 123 bytes in UTF-8; longer ones are cut
   */
  public void close(int code, String reason) {
    close(LinkEnd.ours(code, reason), false);
  }

  /** Ends the link at once and without a word. */
  public void abort() {
    end.compareAndSet(null, LinkEnd.lost("aborted", false));
    outbox.stop();
    sink.abort();
  }

  @Override
  public String toString() {
    return "link " + number + (outbound ? " to " : " from ") + remote;
  }

  // What the two kinds of connection report.

  /** Tells the handler of the link. Called once, before all else. */
  void open() {
    links.counters().add(outbound ? LinkCount.DIALED : LinkCount.ACCEPTED);
    tell(() -> links.handler().opened(this));
  }

  void heard() {
    lastHeardAt = System.nanoTime();
  }

  void received(String text) {
    bytesReceived.addAndGet(Utf8.length(text));
    if (end.get() == null) {
      links.counters().add(LinkCount.MESSAGE_IN);
      tell(() -> links.handler().message(this, text));
    }
  }

  void receivedPing(ByteBuffer payload) {
    outbox.pong(payload);
  }

  void receivedPong(ByteBuffer payload) {
    if (payload.remaining() != Long.BYTES) {
      return;
    }
    long token = payload.getLong(payload.position());
    long now = System.nanoTime();
    Long sentAt = sentAt(token);
    if (sentAt != null) {
      tell(() -> links.handler().pong(this, now - sentAt));
    }
  }

  /** The peer sent a close frame; it is answered with the same code. */
  void peerClosed(int code, String reason) {
    end.compareAndSet(null, LinkEnd.peerClosed(code, reason));
    outbox.close(code == LinkEnd.NO_CODE ? LinkEnd.NORMAL : code, "", true);
    scheduleHardClose();
  }

  /** The connection broke, or the peer hung up without a close frame. */
  void lost(String reason) {
    end.compareAndSet(null, LinkEnd.lost(reason, true));
    outbox.stop();
  }

  /** The peer did what it must not: counted, and the link closes. */
  void violated(int code, String reason) {
    LinkCount what =
        switch (code) {
          case LinkEnd.TOO_BIG -> LinkCount.CLOSED_TOO_BIG;
          case LinkEnd.NOT_TEXT -> LinkCount.CLOSED_NOT_TEXT;
          case LinkEnd.BAD_UTF8 -> LinkCount.CLOSED_BAD_UTF8;
          default -> LinkCount.CLOSED_PROTOCOL;
        };
    links.counters().refused(what, this);
    close(LinkEnd.ours(code, reason), true);
  }

  /** Waits until all is written that will be; the hard close bounds it. */
  void awaitWritten() throws InterruptedException {
    outbox.awaitEnd();
  }

  /** Tells the handler that the link is gone, unless it was told before. */
  void finish() {
    outbox.stop();
    Future<?> pending = hardClose;
    if (pending != null) {
      pending.cancel(false);
    }
    end.compareAndSet(null, LinkEnd.lost("connection lost", true));
    LinkEnd cause = end.get();
    delivery.lock();
    try {
      if (!closedTold && cause != null) {
        closedTold = true;
        links.handler().closed(this, cause);
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "The end of " + this + " could not be handled", e);
    } finally {
      delivery.unlock();
    }
  }

  private boolean send(String text, Urgency urgency) {
    String wellFormed = Utf8.wellFormed(text);
    int bytes = Utf8.length(wellFormed);
    if (bytes > links.limits().messageBytes()) {
      links.counters().refused(LinkCount.UNSENT_TOO_BIG, this);
      return false;
    }
    return switch (outbox.add(new Outbox.Item.Text(wellFormed, bytes), urgency)) {
      case TAKEN -> true;
      case CLOSED -> false;
      case FULL -> {
        switch (urgency) {
          case URGENT -> links.counters().refused(LinkCount.UNSENT_URGENT, this);
          // The sender holds it back and tries again: nothing is lost.
          case WORK -> links.counters().add(LinkCount.UNSENT_WORK);
          case ORDINARY -> {
            links.counters().refused(LinkCount.CLOSED_SLOW, this);
            close(LinkEnd.ours(LinkEnd.TRY_LATER, "send queue full"), true);
          }
        }
        yield false;
      }
    };
  }

  private void close(LinkEnd wish, boolean drop) {
    if (end.compareAndSet(null, wish)) {
      outbox.close(wish.code(), CloseCodes.cut(wish.reason()), drop);
      scheduleHardClose();
    }
  }

  private void scheduleHardClose() {
    if (hardClose == null) {
      hardClose = links.after(links.limits().closeGrace(), this::abort);
    }
  }

  private void startWriter() {
    Thread.ofVirtual().name(toString()).start(this::write);
  }

  private void write() {
    boolean done = false;
    try {
      for (Outbox.Item item = outbox.take(); item != null; item = outbox.take()) {
        Future<?> deadline = links.after(links.limits().writeDeadline(), this::stuck);
        try {
          write(item);
        } finally {
          deadline.cancel(false);
        }
      }
      done = true;
    } catch (IOException | RuntimeException e) {
      // A failed write tells less than the reading side, which ends with the reason; so only
      // break the connection.
      LOG.log(Level.FINE, e, () -> this + " can no longer be written to");
      end.compareAndSet(null, LinkEnd.lost("write failed", true));
      sink.abort();
    } finally {
      if (!done) {
        outbox.writerFailed();
      }
    }
  }

  private void write(Outbox.Item item) throws IOException {
    switch (item) {
      case Outbox.Item.Text(String text, int bytes) -> {
        sink.text(text);
        bytesSent.addAndGet(bytes);
        links.counters().add(LinkCount.MESSAGE_OUT);
      }
      case Outbox.Item.Ping _ -> sink.ping(newPing());
      case Outbox.Item.Pong(ByteBuffer payload) -> sink.pong(payload);
      case Outbox.Item.Close(int code, String reason) -> sink.close(code, reason);
    }
  }

  private void stuck() {
    links.counters().refused(LinkCount.CLOSED_STUCK, this);
    end.compareAndSet(
        null,
        LinkEnd.lost("no write within " + links.limits().writeDeadline().toSeconds() + " s", true));
    abort();
  }

  private ByteBuffer newPing() {
    long now = System.nanoTime();
    long token = ThreadLocalRandom.current().nextLong();
    synchronized (pings) {
      if (pings.size() == PINGS_REMEMBERED) {
        pings.removeFirst();
      }
      pings.addLast(new SentPing(token, now));
    }
    return ByteBuffer.allocate(Long.BYTES).putLong(0, token);
  }

  private @Nullable Long sentAt(long token) {
    synchronized (pings) {
      for (SentPing ping : pings) {
        if (ping.token() == token) {
          pings.remove(ping);
          return ping.sentAt();
        }
      }
      return null;
    }
  }

  private void tell(Runnable call) {
    delivery.lock();
    try {
      if (!closedTold) {
        call.run();
      }
    } catch (RuntimeException e) {
      // A bug of ours must not reach the peer as text, nor kill the connection's thread.
      LOG.log(Level.WARNING, "The handler failed on " + this, e);
      links.counters().add(LinkCount.CLOSED_INTERNAL);
      close(LinkEnd.ours(LinkEnd.INTERNAL, "internal error"), true);
    } finally {
      delivery.unlock();
    }
  }

  private record SentPing(long token, long sentAt) {}
}

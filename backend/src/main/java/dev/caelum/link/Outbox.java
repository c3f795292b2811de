package dev.caelum.link;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to one peer: control frames first, then urgent messages, then ordinary
 * ones, then work, then a close. Adding never blocks. There is a writer while there is something to
 * write; an idle link has no thread for it.
 */
final class Outbox {
  /** One thing to write. */
  sealed interface Item {
    record Text(String text, int bytes) implements Item {}

    record Ping(ByteBuffer payload) implements Item {}

    record Pong(ByteBuffer payload) implements Item {}

    record Close(int code, String reason) implements Item {}
  }

  /** In the order in which they are written. */
  enum Urgency {
    URGENT,
    ORDINARY,
    WORK
  }

  /** What became of a message that was to be added. */
  enum Offer {
    TAKEN,
    /** Its lane is full, so nothing was added. */
    FULL,
    /** The link is closing, so nothing was added. */
    CLOSED
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final Runnable writer;
  private final Lane urgent;
  private final Lane ordinary;
  private final Lane work;
  private final List<Lane> lanes;
  private Item.@Nullable Ping ping;
  private Item.@Nullable Pong pong;
  private Item.@Nullable Close close;
  private boolean writing;
  private boolean stopped;

  /**
   * @param writer starts a writer, which takes until there is nothing more; called when there is
   *     something to write and no writer
   */
  Outbox(LinkLimits limits, Runnable writer) {
    this.writer = writer;
    urgent = new Lane(limits.urgentMessages(), limits.urgentBytes());
    ordinary = new Lane(limits.outboxMessages(), limits.outboxBytes());
    work = new Lane(limits.workMessages(), limits.workBytes());
    lanes = List.of(urgent, ordinary, work);
  }

  Offer add(Item.Text text, Urgency urgency) {
    return locked(() -> {
      if (stopped || close != null) {
        return Offer.CLOSED;
      }
      return lane(urgency).add(text) ? Offer.TAKEN : Offer.FULL;
    });
  }

  private Lane lane(Urgency urgency) {
    return switch (urgency) {
      case URGENT -> urgent;
      case ORDINARY -> ordinary;
      case WORK -> work;
    };
  }

  /** A ping that still waits is replaced. */
  void ping(ByteBuffer payload) {
    locked(() -> ping = new Item.Ping(payload));
  }

  /**
   * A pong that still waits is replaced: RFC 6455, 5.5.3 asks for the answer to the last ping only.
   */
  void pong(ByteBuffer payload) {
    locked(() -> pong = new Item.Pong(payload));
  }

  /**
   * The close frame follows what is waiting, or replaces it when {@code drop} is set. The first
   * counts.
   */
  void close(int code, String reason, boolean drop) {
    locked(() -> {
      if (drop) {
        lanes.forEach(Lane::clear);
      }
      if (close == null) {
        close = new Item.Close(code, reason);
      }
      return close;
    });
  }

  /** Nothing more is written. */
  void stop() {
    locked(() -> stopped = true);
  }

  /** The writer could not go on: nothing more is written. */
  void writerFailed() {
    locked(() -> {
      writing = false;
      stopped = true;
      return stopped;
    });
  }

  /**
   * The next thing to write. Null when there is none and after the close or {@link #stop()}: the
   * writer that asked is over then.
   */
  @Nullable Item take() {
    lock.lock();
    try {
      Item next = stopped ? null : poll();
      if (next == null) {
        writing = false;
        ended.signalAll();
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nothing more is written and the last writer is over. */
  void awaitEnd() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (writing || !stopped) {
        ended.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Item poll() {
    if (pong != null) {
      Item next = pong;
      pong = null;
      return next;
    }
    if (ping != null) {
      Item next = ping;
      ping = null;
      return next;
    }
    Item next = null;
    for (Lane lane : lanes) {
      next = next == null ? lane.poll() : next;
    }
    if (next == null && close != null) {
      next = close;
      stopped = true;
    }
    return next;
  }

  private <T> T locked(Supplier<T> change) {
    boolean idle;
    T result;
    lock.lock();
    try {
      result = change.get();
      ended.signalAll();
      idle = !writing && !stopped && waiting();
      writing |= idle;
    } finally {
      lock.unlock();
    }
    if (idle) {
      writer.run();
    }
    return result;
  }

  private boolean waiting() {
    return pong != null
        || ping != null
        || close != null
        || lanes.stream().anyMatch(lane -> !lane.waiting.isEmpty());
  }

  /** Messages of one urgency, in the order they came. */
  private static final class Lane {
    private final int maxMessages;
    private final int maxBytes;
    private final ArrayDeque<Item.Text> waiting = new ArrayDeque<>();
    private int bytes;

    Lane(int maxMessages, int maxBytes) {
      this.maxMessages = maxMessages;
      this.maxBytes = maxBytes;
    }

    boolean add(Item.Text text) {
      // The first always fits, so that one message of the largest size can be sent.
      boolean fits = waiting.size() < maxMessages && text.bytes() <= maxBytes - bytes;
      if (!fits && !waiting.isEmpty()) {
        return false;
      }
      waiting.add(text);
      bytes += text.bytes();
      return true;
    }

    Item.@Nullable Text poll() {
      Item.Text next = waiting.poll();
      if (next != null) {
        bytes -= next.bytes();
      }
      return next;
    }

    void clear() {
      waiting.clear();
      bytes = 0;
    }
  }
}

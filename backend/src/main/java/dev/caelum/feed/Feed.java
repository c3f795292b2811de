package dev.caelum.feed;

import dev.caelum.cluster.InstanceId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The numbered event stream: a ring of the last events that all subscriptions read, each with a
 * cursor of its own. A subscription therefore holds no memory, and a slow one holds up nobody: its
 * cursor falls behind, and it gets a {@link Delivery.Gap} and a new snapshot.
 *
 * <p>{@link #publish} takes constant time whatever the number of subscriptions: one thread of the
 * feed wakes the readers, at once after a quiet moment, else at most every {@value #PACE_MILLIS}
 * ms, so that a burst costs each reader one wake-up.
 */
public final class Feed implements AutoCloseable {
  /** Events kept for readers that resume. */
  public static final int RING = 1_024;

  /** Log lines kept. */
  public static final int LOG_LINES = 200;

  /** A reader more than this many events behind is slow... */
  static final int MAX_LAG = 64;

  /** ...when besides its next event is older than this; a burst alone makes nobody slow. */
  static final long MAX_LAG_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A snapshot may be handed to further readers while it is at most this old. */
  private static final long SNAPSHOT_FRESH = TimeUnit.SECONDS.toNanos(1);

  private static final int PACE_MILLIS = 20;

  private record Recent(Delivery.Snapshot snapshot, long at) {}

  private final String instance;
  private final Supplier<FeedState> state;
  private final LongSupplier nanos;
  private final AtomicReferenceArray<Delivery.@Nullable Event> ring =
      new AtomicReferenceArray<>(RING);
  private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
  private final Object append = new Object();
  private final Deque<LogLine> log = new ArrayDeque<>(LOG_LINES);
  private final Object snapshotting = new Object();
  private volatile @Nullable Recent latest;

  /** The newest event whose serialised form was let go, under the lock of {@link #append}. */
  private long forgotten;

  private volatile long head;
  private volatile boolean closed;
  private volatile @Nullable Thread waker;

  /**
   * A feed of one start of a node.
   *
   * @param state reads the node's current state; whoever publishes an event changes the state first
   */
  public Feed(InstanceId instance, Supplier<FeedState> state) {
    this(instance, state, System::nanoTime);
  }

  Feed(InstanceId instance, Supplier<FeedState> state, LongSupplier nanos) {
    this.instance = instance.value();
    this.state = state;
    this.nanos = nanos;
  }

  /** Starts to wake readers. Events may be published, and are kept, before. */
  public synchronized void start() {
    if (waker == null && !closed) {
      waker = Thread.ofVirtual().name("feed").start(this::wakeReaders);
    }
  }

  /** Gives the event the next number and hands it to all subscriptions. Never blocks. */
  public void publish(FeedEvent event) {
    synchronized (append) {
      long number = head + 1;
      if (event instanceof FeedEvent.LogAdded added) {
        if (log.size() == LOG_LINES) {
          log.removeFirst();
        }
        log.addLast(added.line());
      }
      EventId id = new EventId(instance, number);
      ring.set(slot(number), new Delivery.Event(id, event, nanos.getAsLong(), new SharedBytes()));
      head = number;
      forget(number);
    }
    LockSupport.unpark(waker);
  }

  /** Lets go of serialised forms that only a slow reader would still ask for, and make anew. */
  private void forget(long number) {
    while (forgotten + 1 < number) {
      Delivery.Event next = event(forgotten + 1);
      if (next != null) {
        if (nanos.getAsLong() - next.at() < MAX_LAG_NANOS) {
          break;
        }
        next.bytes().forget();
      }
      forgotten++;
    }
    Recent known = latest;
    if (known != null && !fresh(known)) {
      latest = null;
    }
  }

  /**
   * A new reader. With a {@code last} whose successors are still kept it goes on behind it, else it
   * gets a snapshot first.
   */
  public Subscription subscribe(@Nullable EventId last) {
    long now = head;
    boolean kept =
        last != null
            && last.instance().equals(instance)
            && last.number() <= now
            && last.number() >= now - RING;
    var subscription =
        new Subscription(this, kept && last != null ? last.number() : Subscription.NO_CURSOR, now);
    subscriptions.add(subscription);
    if (closed) {
      subscription.close();
    }
    return subscription;
  }

  /** The newest {@code limit} log lines, newest last. */
  public List<LogLine> log(int limit) {
    synchronized (append) {
      List<LogLine> all = List.copyOf(log);
      return all.subList(Math.max(0, all.size() - Math.max(0, limit)), all.size());
    }
  }

  /** How many readers there are. */
  public int subscribers() {
    return subscriptions.size();
  }

  /** The number of the newest event. */
  public long head() {
    return head;
  }

  /** Ends every subscription. */
  @Override
  public void close() {
    closed = true;
    Thread running = waker;
    if (running != null) {
      running.interrupt();
    }
    subscriptions.forEach(Subscription::close);
  }

  /** The event of that number; null when the ring no longer holds it. */
  Delivery.@Nullable Event event(long number) {
    Delivery.Event event = ring.get(slot(number));
    return event != null && event.id().number() == number ? event : null;
  }

  /** A snapshot of now, or one that another reader got within the last second. */
  Delivery.Snapshot snapshot() {
    synchronized (snapshotting) {
      Recent known = latest;
      if (known != null && fresh(known)) {
        return known.snapshot();
      }
      long now = nanos.getAsLong();
      long number;
      List<LogLine> lines;
      synchronized (append) {
        number = head;
        lines = new ArrayList<>(log);
      }
      // The state is read after the number: it may be newer, never older.
      var fresh =
          new Delivery.Snapshot(
              new EventId(instance, number), state.get(), lines, new SharedBytes());
      latest = new Recent(fresh, now);
      return fresh;
    }
  }

  private boolean fresh(Recent known) {
    return nanos.getAsLong() - known.at() < SNAPSHOT_FRESH
        && head - known.snapshot().id().number() <= MAX_LAG / 2;
  }

  EventId id(long number) {
    return new EventId(instance, number);
  }

  long now() {
    return nanos.getAsLong();
  }

  void remove(Subscription subscription) {
    subscriptions.remove(subscription);
  }

  private void wakeReaders() {
    long told = -1;
    while (!closed) {
      long now = head;
      if (told == now) {
        LockSupport.park(this);
        continue;
      }
      told = now;
      subscriptions.forEach(Subscription::wake);
      try {
        Thread.sleep(PACE_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static int slot(long number) {
    return (int) (number % RING);
  }
}

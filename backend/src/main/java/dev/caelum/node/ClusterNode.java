package dev.caelum.node;

import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.Effect;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.Membership;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The loop that owns the membership: one thread takes inputs from a bounded mailbox, steps the core
 * and hands its effects on. Everybody else posts and reads the last snapshot.
 */
final class ClusterNode implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ClusterNode.class.getName());

  /** Inputs that wait; beyond it they are dropped and counted, but for those that must not be. */
  static final int MAILBOX = 8_192;

  private static final long TICK_NANOS = 100_000_000L;
  private static final long PATIENCE_MILLIS = 100;
  private static final long STOP_MILLIS = 500;

  private final Membership membership;
  private final Consumer<Effect> effects;
  private final Runnable ticked;
  private final BlockingQueue<Input> mailbox = new ArrayBlockingQueue<>(MAILBOX);
  private final ArrayDeque<Input> own = new ArrayDeque<>();
  private final LongAdder dropped = new LongAdder();
  private final Thread thread;
  private volatile ClusterSnapshot snapshot;
  private volatile boolean closed;

  /**
   * @param effects carries an effect out; must not block
   * @param ticked called about every 100 ms on the loop's thread
   */
  ClusterNode(Membership membership, Consumer<Effect> effects, Runnable ticked) {
    this.membership = membership;
    this.effects = effects;
    this.ticked = ticked;
    this.snapshot = membership.snapshot();
    this.thread = Thread.ofPlatform().name("cluster").daemon(true).unstarted(this::run);
  }

  /** Begins to step; to be called once. */
  void start() {
    thread.start();
  }

  /** The table after the last step. */
  ClusterSnapshot snapshot() {
    return snapshot;
  }

  /** Inputs that wait now. */
  int waiting() {
    return mailbox.size();
  }

  /** Hints and proofs of life that were dropped because the mailbox had no room for them. */
  long dropped() {
    return dropped.sum();
  }

  /** How much room an input finds, and what becomes of it without. */
  private enum Worth {
    /** Waits for its turn. */
    NEEDED,
    /** Proof of life: dropped when the mailbox is full. */
    EVIDENCE,
    /** Dropped when the mailbox is half full, so that a flood of hints never hides a proof. */
    HINT
  }

  private static Worth worth(Input input) {
    return switch (input) {
      case Input.BeaconHeard _ -> Worth.HINT;
      case Input.Contact contact -> contact.origin().trusted() ? Worth.NEEDED : Worth.HINT;
      case Input.LinkHeard heard -> heard.info() == null ? Worth.EVIDENCE : Worth.NEEDED;
      case Input.LinkPong _, Input.Tick _, Input.ProbeHeard _, Input.DigestHeard _ ->
          Worth.EVIDENCE;
      case Input.RumorsHeard _,
          Input.LinesHeard _,
          Input.LinkOpened _,
          Input.LinkRegistered _,
          Input.LinkGoodbye _,
          Input.LinkClosed _,
          Input.DialFailed _,
          Input.Checked _,
          Input.Remembered _,
          Input.Disconnect _,
          Input.Forget _,
          Input.Noted _,
          Input.SelfChanged _,
          Input.Stop _ ->
          Worth.NEEDED;
    };
  }

  /** Posts an input; never waits with one that came as a datagram. */
  void post(Input input) {
    if (closed) {
      return;
    }
    if (Thread.currentThread().equals(thread)) {
      // What the core's own effects answered at once: bounded by them, and never to be waited for.
      own.add(input);
      return;
    }
    Worth worth = worth(input);
    boolean room = worth != Worth.HINT || mailbox.size() < MAILBOX / 2;
    if (room && mailbox.offer(input)) {
      return;
    }
    if (worth == Worth.NEEDED) {
      await(input);
    } else {
      dropped.increment();
    }
  }

  private void await(Input input) {
    try {
      while (!closed && !mailbox.offer(input, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.fine("The mailbox is full");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    long nextTick = System.nanoTime();
    while (!closed) {
      try {
        long now = System.nanoTime();
        if (now - nextTick >= 0) {
          nextTick = now + TICK_NANOS;
          step(new Input.Tick(now));
          ticked.run();
        }
        Input mine = own.poll();
        Input input = mine != null ? mine : mailbox.poll(nextTick - now, TimeUnit.NANOSECONDS);
        if (input != null) {
          step(input);
        }
      } catch (InterruptedException e) {
        break;
      } catch (RuntimeException e) {
        // One bad input must not end the node; the core's own table is consistent between steps.
        LOG.log(Level.SEVERE, "A step of the membership failed", e);
      }
    }
  }

  private void step(Input input) {
    long before = membership.revision();
    List<Effect> out = membership.step(input);
    if (membership.revision() != before || snapshotStale()) {
      snapshot = membership.snapshot();
    }
    for (Effect effect : out) {
      try {
        effects.accept(effect);
      } catch (RuntimeException e) {
        // The others must not be lost with it: the core waits for their answers.
        LOG.log(Level.SEVERE, "An effect failed: " + effect.getClass().getSimpleName(), e);
      }
    }
  }

  /** Ages in the table are read from the snapshot, so it is renewed now and then. */
  private boolean snapshotStale() {
    return System.nanoTime() - snapshot.at() > 1_000_000_000L;
  }

  /** Stops the loop; what still waits is not stepped. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

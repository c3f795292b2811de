package dev.caelum.ui.state;

import dev.caelum.ui.client.InboxItem;
import dev.caelum.ui.client.Lately;
import dev.caelum.ui.client.Monotonic;
import dev.caelum.ui.client.NodeCommands;
import dev.caelum.ui.client.PortMap;
import dev.caelum.ui.client.Service;
import dev.caelum.ui.client.TaskPage;
import dev.caelum.ui.client.Work;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads what the snapshot of the event stream does not hold, for all pages together and only when
 * told that it may have changed: however often that is, a subject is read once at a time and at
 * most twice a second.
 */
final class Readings implements AutoCloseable {
  /** Tasks of a group of states that are read at once. */
  private static final int PAGE = 200;

  private static final long GAP_MILLIS = 500;

  /** A node records every 15 s. */
  private static final long LATELY_MILLIS = 15_000;

  /** No event tells of a reservation that ends. */
  private static final long WORK_MILLIS = 3_000;

  /** Where the node did not say, for example because its store is still being opened. */
  private static final long LATELY_AGAIN_MILLIS = 2_000;

  private static final List<String> STATES =
      List.of("failed,dead,cancelled", "done", "queued,leased,running");

  private final NodeCommands node;
  private final Sink sink;
  private final Thread thread = Thread.ofVirtual().name("readings").unstarted(this::run);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition asked = lock.newCondition();
  private final EnumSet<Subject> wanted = EnumSet.noneOf(Subject.class);
  private volatile long latelyDue = Long.MIN_VALUE;
  private volatile long workDue = Long.MIN_VALUE;

  /** What can be read. */
  enum Subject {
    TASKS,
    TASK_COUNTS,
    SERVICES,
    PORTS,
    INBOX,
    /** The last minutes; read at most every 15 s. */
    LATELY,
    /** Reservations and analyses. */
    WORK
  }

  /** Where it goes; called by the thread of the readings. */
  interface Sink {
    /** How often events, which are whole and in order, told of {@code subject}. */
    long told(Subject subject);

    void read(TaskPage page);

    /** Takes an answer; {@code told} is what {@link #told} was before the node was asked. */
    void read(List<Service> services, long told);

    /** The same for ports. */
    void read(PortMap ports, long told);

    /** Takes the last notifications. */
    void readInbox(List<InboxItem> items);

    /** Takes what is reserved and analysed. */
    void readWork(Work work);

    /** Takes the last minutes. */
    void readLately(Lately lately);
  }

  Readings(NodeCommands node, Sink sink) {
    this.node = node;
    this.sink = sink;
  }

  void start() {
    thread.start();
  }

  /** Reads {@code subjects} soon. */
  void want(Set<Subject> subjects) {
    lock.lock();
    try {
      wanted.addAll(subjects);
      asked.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Reads the last minutes if it is time; to be called often while somebody looks. */
  void wantLately() {
    if (Monotonic.millis() >= latelyDue) {
      want(EnumSet.of(Subject.LATELY));
    }
  }

  /** Reads reservations and analyses if it is time; to be called often while somebody looks. */
  void wantWork() {
    if (Monotonic.millis() >= workDue) {
      want(EnumSet.of(Subject.WORK));
    }
  }

  private void run() {
    try {
      while (true) {
        next().forEach(this::read);
        Thread.sleep(GAP_MILLIS);
      }
    } catch (InterruptedException e) {
      // close() ends the readings this way
    }
  }

  private Set<Subject> next() throws InterruptedException {
    lock.lock();
    try {
      while (wanted.isEmpty()) {
        asked.await();
      }
      Set<Subject> next = EnumSet.copyOf(wanted);
      wanted.clear();
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void read(Subject subject) {
    long told = sink.told(subject);
    switch (subject) {
      case TASKS -> STATES.forEach(states -> tasks(states, PAGE));
      case TASK_COUNTS -> tasks("", 1);
      case SERVICES -> {
        List<Service> services = node.services().services();
        if (services != null) {
          sink.read(services, told);
        }
      }
      case PORTS -> {
        PortMap ports = node.services().ports();
        if (ports != null) {
          sink.read(ports, told);
        }
      }
      case INBOX -> {
        List<InboxItem> items = node.settings().notifications();
        if (items != null) {
          sink.readInbox(items);
        }
      }
      case LATELY -> lately();
      case WORK -> {
        Work work = node.tasks().work();
        workDue = Monotonic.millis() + WORK_MILLIS;
        if (work != null) {
          sink.readWork(work);
        }
      }
    }
  }

  private void lately() {
    if (Monotonic.millis() < latelyDue) {
      return;
    }
    Lately lately = node.history().lately();
    latelyDue = Monotonic.millis() + (lately == null ? LATELY_AGAIN_MILLIS : LATELY_MILLIS);
    if (lately != null) {
      sink.readLately(lately);
    }
  }

  private void tasks(String states, int limit) {
    TaskPage page = node.tasks().page(states, "", limit);
    if (page != null) {
      sink.read(page);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}

package dev.caelum.ui.state;

import dev.caelum.ui.client.Discovery;
import dev.caelum.ui.client.EventStream;
import dev.caelum.ui.client.InboxItem;
import dev.caelum.ui.client.Lately;
import dev.caelum.ui.client.LogLine;
import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.Monotonic;
import dev.caelum.ui.client.NodeEvent;
import dev.caelum.ui.client.NodeInfo;
import dev.caelum.ui.client.PortMap;
import dev.caelum.ui.client.Service;
import dev.caelum.ui.client.TaskPage;
import dev.caelum.ui.client.Work;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The node as its events tell it; the event stream writes, the pulse reads. */
final class ClusterModel implements EventStream.Sink, Readings.Sink {
  /** Lines kept for a page that opens later; the page itself keeps 5,000. */
  private static final int LOG_LINES = 500;

  /** More rows than a node ever has (2,048 members and 256 heard ones). */
  private static final int MAX_MACHINES = 4096;

  private final Changed changed;
  private final Consumer<Set<Readings.Subject>> wants;
  private final Map<String, Machine> machines = new LinkedHashMap<>();
  private final Deque<LogLine> log = new ArrayDeque<>();
  private final TaskBoard tasks = new TaskBoard();
  private final InboxList inbox = new InboxList();
  private @Nullable NodeInfo node;
  private @Nullable List<Service> services;
  private @Nullable PortMap ports;
  private @Nullable Lately lately;
  private @Nullable Work work;
  private Discovery discovery = Discovery.NONE;
  private long lines;
  private final Map<Readings.Subject, Long> told = new EnumMap<>(Readings.Subject.class);
  private long revision;
  private @Nullable Long lostSince = Monotonic.millis();
  private ClusterView view =
      new ClusterView(
          0,
          lostSince,
          null,
          new Machines(List.of()),
          discovery,
          List.of(),
          null,
          null,
          null,
          List.of(),
          null,
          null);

  /** Is told of changes; must be quick. */
  interface Changed {
    /**
     * Something changed.
     *
     * @param turned whether people wait for it; false for mere readings
     */
    void change(boolean turned);
  }

  /**
   * @param changed told after each change, by the writer's thread; must be quick
   * @param wants told what must be read anew; must be quick
   */
  ClusterModel(Changed changed, Consumer<Set<Readings.Subject>> wants) {
    this.changed = changed;
    this.wants = wants;
  }

  @Override
  public void live() {
    change(() -> lostSince = null);
    wants.accept(EnumSet.allOf(Readings.Subject.class));
  }

  @Override
  public void lost() {
    change(() -> lostSince = lostSince == null ? (Long) Monotonic.millis() : lostSince);
  }

  @Override
  public void accept(NodeEvent event) {
    Set<Readings.Subject> stale = stale(event);
    boolean turned = turned(event);
    change(() -> apply(event), turned);
    if (!stale.isEmpty()) {
      wants.accept(stale);
    }
  }

  /** What {@code event}, before it is applied, makes doubtful without telling it. */
  private synchronized Set<Readings.Subject> stale(NodeEvent event) {
    return switch (event) {
      case NodeEvent.Snapshot _ -> EnumSet.allOf(Readings.Subject.class);
      case NodeEvent.TasksChanged change ->
          EnumSet.of(change.more() ? Readings.Subject.TASKS : Readings.Subject.TASK_COUNTS);
      case NodeEvent.MachineChanged change -> {
        Machine before = machines.get(change.machine().key());
        boolean turned = before != null && before.online() != change.machine().online();
        yield turned ? EnumSet.of(Readings.Subject.TASKS) : Set.of();
      }
      case NodeEvent.MachineRemoved _,
          NodeEvent.DiscoveryChanged _,
          NodeEvent.Logged _,
          NodeEvent.NodeChanged _,
          NodeEvent.ServicesChanged _,
          NodeEvent.PortsChanged _,
          NodeEvent.Notified _ ->
          Set.of();
    };
  }

  /** Whether {@code event}, before it is applied, tells more than new readings of a machine. */
  private synchronized boolean turned(NodeEvent event) {
    if (event instanceof NodeEvent.MachineChanged change) {
      Machine before = machines.get(change.machine().key());
      return before == null || change.machine().turned(before);
    }
    return true;
  }

  @Override
  public void read(TaskPage page) {
    change(() -> tasks.read(page));
  }

  @Override
  public synchronized long told(Readings.Subject subject) {
    return told.getOrDefault(subject, 0L);
  }

  /** An answer that an event overtook may be older than the event. */
  @Override
  public void read(List<Service> now, long toldBefore) {
    change(() -> {
      if (told(Readings.Subject.SERVICES) == toldBefore) {
        services = now;
      }
    });
  }

  @Override
  public void read(PortMap now, long toldBefore) {
    change(() -> {
      if (told(Readings.Subject.PORTS) == toldBefore) {
        ports = now;
      }
    });
  }

  @Override
  public void readInbox(List<InboxItem> items) {
    change(() -> items.forEach(inbox::add));
  }

  @Override
  public void readWork(Work now) {
    boolean other;
    synchronized (this) {
      other = !now.equals(work);
      work = now;
    }
    if (other) {
      changed.change(true);
    }
  }

  /** Time goes by without anything having changed: no page has to count this. */
  @Override
  public void readLately(Lately now) {
    synchronized (this) {
      lately = now;
    }
    changed.change(false);
  }

  private void change(Runnable step) {
    change(step, true);
  }

  private void change(Runnable step, boolean turned) {
    synchronized (this) {
      step.run();
      revision++;
    }
    changed.change(turned);
  }

  private void apply(NodeEvent event) {
    switch (event) {
      case NodeEvent.Snapshot snapshot -> {
        if (node == null || !node.instance().equals(snapshot.node().instance())) {
          tasks.clear();
        }
        node = snapshot.node();
        discovery = snapshot.discovery();
        machines.clear();
        snapshot.machines().forEach(this::put);
        replaceLog(snapshot.log());
      }
      case NodeEvent.MachineChanged change -> put(change.machine());
      case NodeEvent.MachineRemoved removal -> machines.remove(removal.key());
      case NodeEvent.DiscoveryChanged change -> discovery = change.discovery();
      case NodeEvent.Logged logged -> append(logged.line());
      case NodeEvent.NodeChanged change -> node = change.node();
      case NodeEvent.TasksChanged change -> tasks.change(change.tasks());
      case NodeEvent.ServicesChanged change -> {
        services = change.services();
        told.merge(Readings.Subject.SERVICES, 1L, Long::sum);
      }
      case NodeEvent.Notified notified -> inbox.add(notified.item());
      case NodeEvent.PortsChanged change -> {
        ports = change.ports();
        told.merge(Readings.Subject.PORTS, 1L, Long::sum);
      }
    }
  }

  private void put(Machine machine) {
    if (machines.size() < MAX_MACHINES || machines.containsKey(machine.key())) {
      machines.put(machine.key(), machine);
    }
  }

  /** Takes over the lines of a snapshot that are not here yet: after a gap most of them are. */
  private void replaceLog(List<LogLine> snapshot) {
    LogLine last = log.peekLast();
    int from = 0;
    if (last != null) {
      for (int i = snapshot.size() - 1; i >= 0 && from == 0; i--) {
        if (snapshot.get(i).numbered(last.number()).equals(last)) {
          from = i + 1;
        }
      }
    }
    snapshot.subList(from, snapshot.size()).forEach(this::append);
  }

  private void append(LogLine line) {
    log.addLast(line.numbered(++lines));
    if (log.size() > LOG_LINES) {
      log.removeFirst();
    }
  }

  /** The model now, as a value; the same value as before when nothing changed. */
  synchronized ClusterView view() {
    if (view.revision() != revision
        || !Objects.equals(view.lately(), lately)
        || !Objects.equals(view.work(), work)) {
      view =
          new ClusterView(
              revision,
              lostSince,
              node,
              new Machines(machines.values()),
              discovery,
              List.copyOf(log),
              tasks.list(),
              services,
              ports,
              inbox.items(),
              lately,
              work);
    }
    return view;
  }
}

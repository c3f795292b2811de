package dev.caelum.node;

import dev.caelum.analysis.Analyses;
import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.config.TaskConfig;
import dev.caelum.coordinator.Admission;
import dev.caelum.coordinator.LazyStore;
import dev.caelum.coordinator.TaskLoop;
import dev.caelum.coordinator.TaskNews;
import dev.caelum.coordinator.TaskService;
import dev.caelum.coordinator.TaskWaits;
import dev.caelum.feed.Feed;
import dev.caelum.feed.NodeStatus;
import dev.caelum.history.Tasks;
import dev.caelum.http.NodeMetrics;
import dev.caelum.store.StoreUnavailable;
import dev.caelum.store.Stores;
import dev.caelum.task.Dispatch;
import dev.caelum.task.TaskSettings;
import dev.caelum.task.TaskState;
import dev.caelum.task.WorkMessage;
import dev.caelum.work.Worker;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Wires the coordinator of tasks with its store and with those who do the work. */
final class TaskParts implements AutoCloseable {
  /** The code of the note that no new tasks are taken. */
  static final String TASKS_REFUSED = "tasks_refused";

  private final WorkTraffic work;
  private final TaskConfig config;
  private final Path folder;
  private final LazyStore stores;
  private final TaskLoop loop;
  private final Admission admission;
  private final TaskService service;
  private final Analyses analyses;

  /**
   * @param node this node's id
   * @param config where tasks are kept
   * @param folder the data folder
   * @param feed what changes is told there
   */
  TaskParts(
      String node,
      TaskConfig config,
      Path folder,
      Supplier<ClusterSnapshot> table,
      WorkTraffic work,
      Feed feed) {
    RandomGenerator random = RandomGenerator.getDefault();
    TaskWaits waits = new TaskWaits();
    TaskNews news = new TaskNews(feed, waits);
    this.work = work;
    this.config = config;
    this.folder = folder;
    this.stores = new LazyStore(() -> Stores.open(config, folder, this::moreWork));
    this.loop =
        new TaskLoop(
            node,
            new Dispatch(TaskSettings.defaults(), random),
            stores,
            new TaskMachines(table),
            work::send,
            news);
    this.admission =
        new Admission(loop, stores, Admission.Limits.keeping(config.roomMb() * 1_000_000L));
    this.service = new TaskService(loop, stores, waits, admission, random);
    this.analyses = new Analyses(service, news, random);
  }

  /** Puts what was counted of tasks on the page of metrics. */
  void register(NodeMetrics metrics, Worker worker) {
    TaskMeters.register(metrics, loop, worker);
  }

  /** What people are to know: why tasks are refused now, and what was lost at the start. */
  List<NodeStatus.Note> notes() {
    List<NodeStatus.Note> notes = new ArrayList<>();
    admission.refusal().ifPresent(text -> notes.add(new NodeStatus.Note(TASKS_REFUSED, text)));
    admission.notices().forEach(text -> notes.add(new NodeStatus.Note("tasks_lost", text)));
    return notes;
  }

  /** Others left something in the store. */
  private void moreWork() {
    loop.work();
  }

  TaskService service() {
    return service;
  }

  Analyses analyses() {
    return analyses;
  }

  /** Begins to coordinate, and to work. */
  void start(String self, WorkTraffic.End worker) {
    boolean kept = Stores.mayHaveTasks(config, folder);
    loop.start(kept);
    work.start(self, worker, new Coordinator());
    analyses.start(kept);
  }

  /** How many tasks there are here; null when that cannot be told now. */
  @Nullable Tasks totals() {
    try {
      if (!Stores.mayHaveTasks(config, folder)) {
        return new Tasks(0, 0);
      }
      Map<TaskState, Long> counts = service.counts();
      return new Tasks(
          counts.getOrDefault(TaskState.QUEUED, 0L),
          counts.getOrDefault(TaskState.LEASED, 0L) + counts.getOrDefault(TaskState.RUNNING, 0L));
    } catch (StoreUnavailable e) {
      return null;
    }
  }

  /** What workers say goes to the loop. */
  private final class Coordinator implements WorkTraffic.End {
    @Override
    public void heard(String machine, @Nullable InetAddress source, WorkMessage message) {
      loop.heard(machine, message);
    }

    /** It says what it takes on by itself. */
    @Override
    public void connected(String machine, @Nullable InetAddress source) {}

    @Override
    public void gone(String machine) {
      loop.lost(machine);
    }
  }

  @Override
  public void close() {
    analyses.close();
    loop.close();
  }
}

package dev.caelum.analysis;

import dev.caelum.coordinator.TaskNews;
import dev.caelum.coordinator.TaskService;
import dev.caelum.coordinator.TaskService.Order;
import dev.caelum.coordinator.TaskService.Submission;
import dev.caelum.store.StoreUnavailable;
import dev.caelum.store.TaskStore;
import dev.caelum.task.TaskIds;
import dev.caelum.task.TaskRow;
import dev.caelum.task.TaskSpec;
import dev.caelum.task.TaskState;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;

/**
 * Analyses of code, spread over machines: a task that plans, then one for each chunk that the plan
 * names. All that is known of an analysis stands in its tasks, so it goes on where it was after a
 * restart, and a chunk that is run again counts as if it had not failed.
 */
public final class Analyses implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Analyses.class.getName());

  /** Whose keys its tasks have; callers have other names. */
  private static final String CLIENT = "analysis";

  private static final String TYPE = "code_analysis";
  private static final String PLAN = " plan";
  private static final String CHUNK = " chunk ";
  private static final long TIMEOUT_MILLIS = 600_000;
  private static final int MOST = 1_000;
  private static final long LOOK_SECONDS = 30;

  private final TaskService tasks;
  private final RandomGenerator random;
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();
  private final Set<String> open = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor steps =
      new ScheduledThreadPoolExecutor(1, Thread.ofVirtual().name("analyses").factory());

  /**
   * @param news tells of tasks that are over
   */
  public Analyses(TaskService tasks, TaskNews news, RandomGenerator random) {
    this.tasks = tasks;
    this.random = random;
    // What is told after the end is looked at by the next start.
    steps.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    news.listen(this::over);
  }

  /**
   * Goes on with what an earlier start left.
   *
   * @param kept whether there may be anything
   */
  public void start(boolean kept) {
    if (kept) {
      steps.execute(this::restore);
    }
    var _ =
        steps.scheduleWithFixedDelay(
            () -> open.forEach(this::advance), LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Begins an analysis.
   *
   * @param root an absolute path, the same on all machines
   * @param machines the only ones that may take part, by name, id or key; empty = any
   * @return what became of the task that plans; its group is the id of the analysis
   */
  public Submission begin(String root, List<String> machines)
      throws StoreUnavailable, InterruptedException {
    String id = TaskIds.next(System.currentTimeMillis(), random);
    String payload =
        Json.createObjectBuilder().add("do", "plan").add("root", root).build().toString();
    open.add(id);
    Submission plan =
        tasks
            .submit(List.of(new Order(spec(payload, machines, false), CLIENT, id + PLAN)), id)
            .getFirst();
    if (!(plan instanceof Submission.Created)) {
      open.remove(id);
    }
    return plan;
  }

  private static TaskSpec spec(String payload, List<String> machines, boolean patient) {
    TaskSpec plain = TaskSpec.of(TYPE, payload);
    return new TaskSpec(
        TYPE,
        null,
        machines,
        List.of(),
        List.of(),
        Map.of(),
        plain.need(),
        plain.priority(),
        payload,
        TIMEOUT_MILLIS,
        0,
        plain.attempts(),
        patient);
  }

  // ---- looking ----

  /** An analysis with its report; empty when there is none of that id. */
  public Optional<Analysis> find(String id) throws StoreUnavailable, InterruptedException {
    Optional<TaskRow> plan = plan(id);
    return plan.isEmpty() ? Optional.empty() : Optional.of(Sum.whole(plan.get(), whole(id)));
  }

  /** The newest ones, at most 100, without reports. */
  public List<Analysis> list() throws StoreUnavailable, InterruptedException {
    List<Analysis> list = new ArrayList<>();
    for (TaskRow row : tasks.list(plans(100))) {
      String id = String.valueOf(row.group());
      Optional<TaskRow> plan = plan(id);
      if (plan.isPresent()) {
        list.add(Sum.brief(plan.get(), chunks(id)));
      }
    }
    return list;
  }

  private static TaskStore.Filter plans(int limit) {
    return TaskStore.Filter.keyed(CLIENT, PLAN, limit);
  }

  private Optional<TaskRow> plan(String id) throws StoreUnavailable, InterruptedException {
    Optional<TaskRow> row = tasks.byKey(CLIENT, id + PLAN);
    return row.isEmpty() ? row : tasks.find(row.get().id());
  }

  /** Its chunks without payload and result, in the order of their numbers. */
  private List<TaskRow> chunks(String id) throws StoreUnavailable {
    return tasks.list(TaskStore.Filter.group(id, MOST)).stream()
        .filter(row -> row.key() != null && row.key().startsWith(id + CHUNK))
        .sorted((a, b) -> String.valueOf(a.key()).compareTo(String.valueOf(b.key())))
        .toList();
  }

  private List<TaskRow> whole(String id) throws StoreUnavailable, InterruptedException {
    List<TaskRow> whole = new ArrayList<>();
    for (TaskRow chunk : chunks(id)) {
      whole.add(tasks.find(chunk.id()).orElse(chunk));
    }
    return whole;
  }

  /**
   * Calls all its tasks off that are not over.
   *
   * @param by who asked, for people
   * @return the analysis as it is then; empty when there is none
   */
  public Optional<Analysis> cancel(String id, String by)
      throws StoreUnavailable, InterruptedException {
    Optional<TaskRow> plan = plan(id);
    if (plan.isEmpty()) {
      return Optional.empty();
    }
    tasks.cancel(plan.get().id(), by);
    for (TaskRow chunk : chunks(id)) {
      if (!chunk.state().over()) {
        tasks.cancel(chunk.id(), by);
      }
    }
    return find(id);
  }

  // ---- going on ----

  private void over(TaskRow row) {
    String group = row.group();
    if (row.client().equals(CLIENT) && group != null && waiting.add(group)) {
      steps.execute(() -> {
        waiting.remove(group);
        advance(group);
      });
    }
  }

  private void restore() {
    try {
      for (TaskRow plan : tasks.list(plans(MOST))) {
        String id = String.valueOf(plan.group());
        open.add(id);
        advance(id);
      }
    } catch (StoreUnavailable e) {
      LOG.log(Level.FINE, "Analyses of before are looked for again later", e);
      var _ = steps.schedule(this::restore, LOOK_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** Submits the chunks that are missing; does so again in vain, for they have keys. */
  private void advance(String id) {
    try {
      Optional<TaskRow> plan = plan(id);
      if (plan.isEmpty() || plan.get().state() != TaskState.DONE) {
        if (plan.isEmpty() || plan.get().state().over()) {
          open.remove(id);
        }
        return;
      }
      List<JsonObject> planned = Sum.planned(plan.get());
      if (chunks(id).size() == planned.size()) {
        open.remove(id);
        return;
      }
      List<Order> orders = new ArrayList<>();
      for (JsonObject chunk : planned) {
        String key = id + CHUNK + "%02d".formatted(orders.size());
        orders.add(
            new Order(spec(chunk.toString(), plan.get().spec().machines(), true), CLIENT, key));
      }
      tasks.submit(orders, id);
    } catch (StoreUnavailable e) {
      LOG.log(Level.FINE, "An analysis goes on later", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "An analysis could not go on", e);
    }
  }

  static JsonObject json(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  static List<JsonObject> objects(JsonObject of, String key) {
    return of.getJsonArray(key).stream().map(JsonValue::asJsonObject).toList();
  }

  @Override
  public void close() {
    steps.shutdownNow();
  }
}

package dev.caelum.task;

import dev.caelum.task.WorkMessage.Order;
import dev.caelum.task.WorkMessage.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator's core: which task goes to which machine, and what becomes of it. Deterministic;
 * time comes in, effects go out. At-least-once execution, exactly-once acceptance of a result: each
 * hand-out raises the task's epoch, and a result counts only with the epoch of the last one
 * (fencing tokens, as in Kleppmann, "How to do distributed locking", 2016).
 *
 * <p>Machines are chosen by the power of two choices (Mitzenmacher, 2001): of two fitting ones by
 * chance, the less loaded.
 */
public final class Dispatch {
  private static final int NOT_TOLD = -1;
  private static final long NANOS_A_MILLI = 1_000_000;
  private static final long NO_SESSION = -1;

  private final TaskSettings settings;
  private final RandomGenerator random;
  private final Map<String, Job> jobs = new HashMap<>();
  private final Map<String, Worker> workers = new TreeMap<>();
  private final ReadyJobs ready = new ReadyJobs();
  private final Map<String, List<Lease>> taken = new LinkedHashMap<>();
  private List<TaskEffect> out = new ArrayList<>();
  private long now;
  private long wall;
  private long orders;
  private long sessions;
  private long characters;
  private boolean up = true;
  private boolean dirty;
  private long handedOut;
  private long accepted;
  private long stale;
  private long lost;
  private long refused;

  public Dispatch(TaskSettings settings, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
  }

  /**
   * Takes one input.
   *
   * @param nanos monotonic
   * @param millis of the wall clock; kept for people, never compared but for a deadline at its
   *     entry
   */
  public List<TaskEffect> step(long nanos, long millis, TaskInput input) {
    now = nanos;
    wall = millis;
    switch (input) {
      case TaskInput.Submitted(long token, TaskRow row) -> submitted(token, row);
      case TaskInput.Claimed(List<TaskRow> rows) -> rows.forEach(this::enter);
      case TaskInput.Adopted(List<TaskRow> rows) -> adopted(rows);
      case TaskInput.NotOurs(List<String> ids) -> ids.forEach(this::notOurs);
      case TaskInput.Machines(List<Machine> machines) -> machines(machines);
      case TaskInput.Said(String worker, WorkMessage message) -> said(worker, message);
      case TaskInput.Lost(String worker) -> workerLost(worker);
      case TaskInput.Unsent(String worker, List<Lease> leases) -> unsent(worker, leases);
      case TaskInput.Cancel(long token, String id, String by) -> cancel(token, id, by);
      case TaskInput.StoreUp(boolean now) -> {
        up = now;
        dirty = true;
      }
      case TaskInput.Tick() -> tick();
    }
    return flush();
  }

  private List<TaskEffect> flush() {
    List<TaskEffect> effects = out;
    out = new ArrayList<>();
    return effects;
  }

  // ---- what comes in ----

  private void submitted(long token, TaskRow row) {
    Why why = row.spec().patient() ? null : why(row.spec());
    if (why != null && !why.possible()) {
      out.add(new TaskEffect.Answer(token, new TaskAnswer.Unplaceable(why)));
      return;
    }
    if (roomFor(row)) {
      enter(row);
      out.add(new TaskEffect.Write(row));
    } else {
      out.add(new TaskEffect.Spill(row));
    }
    out.add(new TaskEffect.Answer(token, new TaskAnswer.Kept(row)));
  }

  private boolean roomFor(TaskRow row) {
    return jobs.size() < settings.window()
        && (jobs.isEmpty()
            || characters + row.spec().payload().length() <= settings.windowCharacters());
  }

  private void enter(TaskRow row) {
    Job known = jobs.get(row.id());
    if (known != null) {
      return;
    }
    Job job = job(row);
    ready.add(job, now);
    dirty = true;
  }

  private Job job(TaskRow row) {
    long deadline = row.spec().deadlineMillis();
    long left = row.createdAt() + deadline - wall;
    Job job =
        new Job(
            row,
            Shape.of(row.spec()),
            orders++,
            deadline == 0 ? Long.MAX_VALUE : now + left * NANOS_A_MILLI);
    jobs.put(row.id(), job);
    characters += row.spec().payload().length();
    return job;
  }

  private void forget(Job job) {
    if (jobs.remove(job.id()) != null) {
      characters -= job.row().spec().payload().length();
    }
    job.takeBack();
    ready.remove(job);
    dirty = true;
  }

  private void adopted(List<TaskRow> rows) {
    Map<Worker, List<Lease>> byWorker = new LinkedHashMap<>();
    for (TaskRow row : rows) {
      String key = row.worker();
      if (jobs.containsKey(row.id()) || key == null) {
        continue;
      }
      Job job = job(row);
      Worker worker = workers.computeIfAbsent(key, Dispatch::unknown);
      job.give(worker, now + settings.lease().toNanos(), NO_SESSION);
      byWorker.computeIfAbsent(worker, _ -> new ArrayList<>()).add(job.lease());
    }
    byWorker.forEach((worker, leases) -> {
      if (worker.offer() != null) {
        ask(worker, leases);
      }
    });
  }

  private static Worker unknown(String key) {
    return new Worker(new Machine(key, key, key, Machine.Standing.ABSENT, null));
  }

  private void ask(Worker worker, List<Lease> leases) {
    int from = 0;
    do {
      int to = Math.min(leases.size(), from + WorkMessage.LIMIT);
      send(worker, new WorkMessage.Query(leases.subList(from, to), to == leases.size()));
      from = to;
    } while (from < leases.size());
  }

  private void notOurs(String id) {
    Job job = jobs.get(id);
    if (job != null) {
      forget(job);
    }
  }

  private void machines(List<Machine> now) {
    Set<String> there = new HashSet<>();
    for (Machine machine : now) {
      there.add(machine.key());
      workers.computeIfAbsent(machine.key(), _ -> new Worker(machine)).machine(machine);
    }
    workers
        .values()
        .removeIf(worker -> !there.contains(worker.machine().key()) && worker.jobs().isEmpty());
    dirty = true;
  }

  private void workerLost(String key) {
    Worker worker = workers.get(key);
    if (worker == null || worker.offer() == null) {
      return;
    }
    worker.lost();
    long until = now + settings.linkLoss().toNanos();
    for (Job job : worker.jobs().values()) {
      if (job.leaseUntil() - until > 0) {
        job.lease(until);
      }
    }
  }

  private void unsent(String key, List<Lease> leases) {
    Worker worker = workers.get(key);
    if (worker == null) {
      return;
    }
    worker.pause(now + settings.pause().toNanos() / 10);
    for (Lease lease : leases) {
      Job job = held(worker, lease);
      if (job != null) {
        requeue(job, job.row().failures(), job.row().losses(), 0, "its machine takes no more now");
      }
    }
  }

  private void cancel(long token, String id, String by) {
    Job job = jobs.get(id);
    if (job == null) {
      out.add(new TaskEffect.Answer(token, new TaskAnswer.NotHere()));
      return;
    }
    Worker worker = job.worker();
    if (worker != null && worker.offer() != null) {
      send(worker, new WorkMessage.Stop(List.of(job.lease()), "cancelled by " + by));
    }
    TaskRow row =
        over(job, TaskState.CANCELLED, null, new TaskError("cancelled", "Cancelled by " + by));
    out.add(new TaskEffect.Answer(token, new TaskAnswer.Cancelled(row)));
  }

  private void tick() {
    dirty |= ready.wake(now);
    for (Worker worker : workers.values()) {
      dirty |= worker.wake(now);
    }
    for (Job job : List.copyOf(jobs.values())) {
      Worker worker = job.worker();
      if (job.late(now)) {
        if (worker != null && worker.offer() != null) {
          send(worker, new WorkMessage.Stop(List.of(job.lease()), "its deadline passed"));
        }
        over(
            job,
            TaskState.FAILED,
            null,
            new TaskError(
                "deadline",
                "Its deadline passed "
                    + (job.queued() ? "while it waited." : "before its attempt ended.")));
      } else if (worker != null && now - job.leaseUntil() >= 0) {
        leaseOver(job, worker, "was not heard of in time");
      }
    }
  }

  // ---- what workers say ----

  private void said(String key, WorkMessage message) {
    Worker worker = workers.computeIfAbsent(key, Dispatch::unknown);
    switch (message) {
      case WorkMessage.Offer offer -> offered(worker, offer);
      case WorkMessage.Renew(List<Lease> leases, boolean complete) ->
          renewed(worker, leases, complete);
      case WorkMessage.Progress(List<WorkMessage.Step> steps) ->
          steps.forEach(step -> progress(worker, step));
      case WorkMessage.Results(List<Outcome> outcomes) ->
          outcomes.forEach(outcome -> outcome(worker, outcome));
      case WorkMessage.Assign _, WorkMessage.Taken _, WorkMessage.Stop _, WorkMessage.Query _ ->
          throw new IllegalArgumentException("a coordinator's message from a worker: " + message);
    }
  }

  private void offered(Worker worker, WorkMessage.Offer offer) {
    boolean begins = worker.offer() == null;
    worker.offer(offer, begins ? ++sessions : sessions);
    dirty = true;
    if (begins && !worker.jobs().isEmpty()) {
      ask(worker, worker.jobs().values().stream().map(Job::lease).toList());
    }
  }

  private void renewed(Worker worker, List<Lease> leases, boolean complete) {
    Set<String> named = new HashSet<>();
    List<Lease> strange = new ArrayList<>();
    long until = now + settings.lease().toNanos();
    for (Lease lease : leases) {
      named.add(lease.task());
      Job job = held(worker, lease);
      if (job != null) {
        job.lease(until);
      } else {
        strange.add(lease);
      }
    }
    if (!strange.isEmpty()) {
      send(worker, new WorkMessage.Stop(strange, "it is not this machine's any more"));
    }
    if (complete) {
      for (Job job : List.copyOf(worker.jobs().values())) {
        if (job.session() < worker.session() && !named.contains(job.id())) {
          leaseOver(job, worker, "restarted or never received it");
        }
      }
    }
  }

  private @Nullable Job held(Worker worker, Lease lease) {
    Job job = jobs.get(lease.task());
    return job != null && job.row().epoch() == lease.epoch() && worker.equals(job.worker())
        ? job
        : null;
  }

  private void progress(Worker worker, WorkMessage.Step step) {
    Job job = held(worker, step.lease());
    if (job == null) {
      return;
    }
    TaskRow row = job.row();
    job.lease(now + settings.lease().toNanos());
    boolean begins = !job.running();
    TaskRow next =
        rewritten(
            row,
            TaskState.RUNNING,
            row.failures(),
            row.losses(),
            step.percent(),
            step.note() == null ? row.note() : step.note(),
            null,
            row.error());
    job.row(next);
    out.add(begins ? new TaskEffect.Write(next) : new TaskEffect.Show(next));
  }

  private void outcome(Worker worker, Outcome outcome) {
    Job job = jobs.get(outcome.lease().task());
    taken.computeIfAbsent(worker.machine().key(), _ -> new ArrayList<>()).add(outcome.lease());
    if (job == null || job.row().epoch() != outcome.lease().epoch()) {
      stale++;
      return;
    }
    TaskRow row = job.row();
    TaskError error =
        outcome.error() == null ? new TaskError("unknown", "It said no reason.") : outcome.error();
    if (outcome.ending() != WorkMessage.Ending.REFUSED) {
      worker.took(Math.min(outcome.millis(), row.spec().timeoutMillis()));
    }
    switch (outcome.ending()) {
      case DONE -> {
        accepted++;
        over(job, TaskState.DONE, outcome.result(), null);
      }
      case BROKEN -> over(job, TaskState.FAILED, null, error);
      case FAILED -> failed(job, worker, row.failures() + 1, row.losses(), error);
      case REFUSED -> {
        refused++;
        worker.pause(now + settings.pause().toNanos());
        if (!job.queued()) {
          requeue(
              job,
              row.failures(),
              row.losses(),
              0,
              worker.machine().name() + " did not take it: " + error.text());
        }
      }
    }
  }

  private void leaseOver(Job job, Worker worker, String what) {
    lost++;
    TaskRow row = job.row();
    TaskError error = new TaskError("lost", worker.machine().name() + " " + what + ".");
    boolean began = job.running();
    failed(job, worker, row.failures() + (began ? 1 : 0), row.losses() + (began ? 0 : 1), error);
  }

  private void failed(Job job, Worker worker, int failures, int losses, TaskError error) {
    TaskRow row = job.row();
    job.failedOn().add(worker.machine().key());
    if (failures >= row.spec().attempts() || losses >= settings.losses()) {
      job.row(
          rewritten(row, row.state(), failures, losses, row.percent(), row.note(), null, error));
      over(job, TaskState.DEAD, null, error);
      return;
    }
    job.row(rewritten(row, row.state(), failures, losses, NOT_TOLD, row.note(), null, error));
    int before = Math.max(0, failures + losses - 1);
    double pause = settings.retry().toNanos() * Math.scalb(1.0, Math.min(before, 10));
    requeue(job, failures, losses, (long) (pause * random.nextDouble(0.75, 1.25)), error.text());
  }

  private void requeue(Job job, int failures, int losses, long pauseNanos, String note) {
    TaskRow row = job.row();
    job.takeBack();
    ready.remove(job);
    write(
        job, rewritten(row, TaskState.QUEUED, failures, losses, NOT_TOLD, note, null, row.error()));
    job.notBefore(pauseNanos == 0 ? 0 : now + pauseNanos);
    ready.add(job, now);
    dirty = true;
  }

  private TaskRow over(
      Job job, TaskState state, @Nullable String result, @Nullable TaskError error) {
    TaskRow row = job.row();
    TaskRow end =
        rewritten(
            row,
            state,
            row.failures(),
            row.losses(),
            state == TaskState.DONE ? 100 : row.percent(),
            row.note(),
            result,
            error);
    write(job, end);
    forget(job);
    return end;
  }

  private TaskRow rewritten(
      TaskRow row,
      TaskState state,
      int failures,
      int losses,
      int percent,
      @Nullable String note,
      @Nullable String result,
      @Nullable TaskError error) {
    Worker worker = row.worker() == null ? null : workers.get(row.worker());
    return new TaskRow(
        row.id(),
        row.group(),
        row.spec(),
        row.client(),
        row.key(),
        state,
        row.epoch(),
        failures,
        losses,
        worker == null ? row.worker() : worker.machine().key(),
        percent,
        note,
        result,
        error,
        row.createdAt(),
        wall);
  }

  private void write(Job job, TaskRow row) {
    job.row(row);
    out.add(new TaskEffect.Write(row));
  }

  private void send(Worker worker, WorkMessage message) {
    out.add(new TaskEffect.Send(worker.machine().key(), message));
  }

  // ---- placing ----

  /**
   * Hands out what can be handed out, and says which results are settled: once after the inputs of
   * a batch.
   */
  public List<TaskEffect> settle() {
    taken.forEach((worker, leases) -> {
      for (int from = 0; from < leases.size(); from += WorkMessage.LIMIT) {
        int to = Math.min(leases.size(), from + WorkMessage.LIMIT);
        out.add(new TaskEffect.Send(worker, new WorkMessage.Taken(leases.subList(from, to))));
      }
    });
    taken.clear();
    if (dirty && up) {
      dirty = false;
      Map<String, List<Order>> given = new LinkedHashMap<>();
      ready.offer(job -> place(job, given));
      given.forEach(
          (worker, list) -> out.add(new TaskEffect.Send(worker, new WorkMessage.Assign(list))));
    }
    return flush();
  }

  private boolean place(Job job, Map<String, List<Order>> given) {
    List<Worker> free =
        workers.values().stream().filter(worker -> Fit.free(job.shape(), worker)).toList();
    if (free.isEmpty()) {
      return false;
    }
    Worker worker = choose(job, free);
    TaskRow row = job.row();
    TaskRow leased =
        new TaskRow(
            row.id(),
            row.group(),
            row.spec(),
            row.client(),
            row.key(),
            TaskState.LEASED,
            row.epoch() + 1,
            row.failures(),
            row.losses(),
            worker.machine().key(),
            NOT_TOLD,
            row.note(),
            null,
            row.error(),
            row.createdAt(),
            wall);
    write(job, leased);
    job.give(worker, now + settings.lease().toNanos(), worker.session());
    handedOut++;
    TaskSpec spec = row.spec();
    given
        .computeIfAbsent(worker.machine().key(), _ -> new ArrayList<>())
        .add(
            new Order(
                row.id(),
                leased.epoch(),
                row.failures() + row.losses() + 1,
                spec.type(),
                spec.service(),
                spec.need(),
                spec.priority(),
                spec.payload(),
                spec.timeoutMillis(),
                settings.lease().toMillis()));
    return true;
  }

  /** A machine it prefers, one on which it has not failed yet, the less loaded of two. */
  private Worker choose(Job job, List<Worker> free) {
    List<Worker> fresh =
        free.stream().filter(w -> !job.failedOn().contains(w.machine().key())).toList();
    List<Worker> good = fresh.isEmpty() ? free : fresh;
    List<String> prefer = job.shape().prefer();
    List<Worker> preferred =
        prefer.isEmpty()
            ? List.of()
            : good.stream().filter(w -> prefer.stream().anyMatch(w.machine()::called)).toList();
    List<Worker> of = preferred.isEmpty() ? good : preferred;
    Worker one = of.get(random.nextInt(of.size()));
    Worker two = of.get(random.nextInt(of.size()));
    return one.pressure() <= two.pressure() ? one : two;
  }

  // ---- what others ask ----

  /** Why a task with that spec runs or does not: each machine with each requirement. */
  public Why why(TaskSpec spec) {
    return Fit.why(Shape.of(spec), workers.values());
  }

  /** The task as it stands in memory; empty when it is not there. */
  public Optional<TaskRow> find(String id) {
    return Optional.ofNullable(jobs.get(id)).map(Job::row);
  }

  /** How many more tasks memory takes; 0 while more than half of it is in use. */
  public int wanted() {
    boolean full =
        jobs.size() > settings.window() / 2 || characters > settings.windowCharacters() / 2;
    return full || !up ? 0 : settings.window() - jobs.size();
  }

  /** Characters of payload that memory still takes. */
  public long wantedCharacters() {
    return Math.max(0, settings.windowCharacters() - characters);
  }

  public TaskCounts counts() {
    return new TaskCounts(handedOut, accepted, stale, lost, refused);
  }
}

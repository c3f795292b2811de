package dev.caelum.task;

import dev.caelum.task.WorkMessage.Order;
import dev.caelum.task.WorkMessage.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator's core: which task goes to which machine, and what becomes of it. Deterministic;
 * time comes in, effects go out. At-least-once execution, exactly-once acceptance of a result: each
 * hand-out raises the task's epoch, and a result counts only with the epoch of the last one
 * (fencing tokens, as in Kleppmann, "How to do distributed locking", 2016).
 */
public final class Dispatch {
  private final TaskSettings settings;
  private final Jobs jobs;
  private final Fleet fleet;
  private final Ends ends;
  private final Map<String, List<Lease>> taken = new LinkedHashMap<>();
  private List<TaskEffect> out = new ArrayList<>();
  private long now;
  private long wall;
  private long sessions;
  private boolean up = true;
  private boolean dirty;
  private long handedOut;
  private long accepted;
  private long stale;
  private long refused;

  public Dispatch(TaskSettings settings, RandomGenerator random) {
    this.settings = settings;
    this.jobs = new Jobs(settings);
    this.fleet = new Fleet(random);
    this.ends = new Ends(settings, random, jobs, effect -> out.add(effect));
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
    ends.at(nanos, millis);
    switch (input) {
      case TaskInput.Submitted(long token, TaskRow row) -> submitted(token, row);
      case TaskInput.Claimed(List<TaskRow> rows) -> rows.forEach(this::enter);
      case TaskInput.Adopted(List<TaskRow> rows) -> adopted(rows);
      case TaskInput.NotOurs(List<String> ids) -> ids.forEach(this::notOurs);
      case TaskInput.Machines(List<Machine> machines) -> {
        fleet.update(machines);
        dirty = true;
      }
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
    if (jobs.roomFor(row)) {
      enter(row);
      out.add(new TaskEffect.Write(row));
    } else {
      out.add(new TaskEffect.Spill(row));
    }
    out.add(new TaskEffect.Answer(token, new TaskAnswer.Kept(row)));
  }

  private void enter(TaskRow row) {
    if (!jobs.has(row.id())) {
      jobs.queue(jobs.add(row, now, wall), now);
    }
  }

  private void adopted(List<TaskRow> rows) {
    Map<Worker, List<Lease>> byWorker = new LinkedHashMap<>();
    for (TaskRow row : rows) {
      String key = row.worker();
      if (jobs.has(row.id()) || key == null) {
        continue;
      }
      Job job = jobs.add(row, now, wall);
      Worker worker = fleet.get(key);
      job.give(worker, now + settings.lease().toNanos(), Job.NO_SESSION);
      byWorker.computeIfAbsent(worker, _ -> new ArrayList<>()).add(job.lease());
    }
    byWorker.forEach((worker, leases) -> {
      if (worker.offer() != null) {
        ask(worker, leases);
      }
    });
  }

  private void ask(Worker worker, List<Lease> leases) {
    WorkMessage.Query.of(leases).forEach(query -> send(worker, query));
  }

  private void notOurs(String id) {
    Job job = jobs.find(id);
    if (job != null) {
      jobs.remove(job);
    }
  }

  private void workerLost(String key) {
    Worker worker = fleet.find(key);
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
    Worker worker = fleet.find(key);
    if (worker == null) {
      return;
    }
    worker.pause(now + settings.pause().toNanos() / 10);
    for (Lease lease : leases) {
      Job job = held(worker, lease);
      if (job != null) {
        ends.requeue(job, 0, "its machine takes no more now");
      }
    }
  }

  private void cancel(long token, String id, String by) {
    Job job = jobs.find(id);
    if (job == null) {
      out.add(new TaskEffect.Answer(token, new TaskAnswer.NotHere()));
      return;
    }
    Worker worker = job.worker();
    if (worker != null && worker.offer() != null) {
      send(worker, new WorkMessage.Stop(List.of(job.lease()), "cancelled by " + by));
    }
    TaskRow row =
        ends.over(job, TaskState.CANCELLED, null, new TaskError("cancelled", "Cancelled by " + by));
    out.add(new TaskEffect.Answer(token, new TaskAnswer.Cancelled(row)));
  }

  private void tick() {
    jobs.wake(now);
    dirty |= fleet.wake(now);
    for (Job job : jobs.all()) {
      Worker worker = job.worker();
      if (job.late(now)) {
        if (worker != null && worker.offer() != null) {
          send(worker, new WorkMessage.Stop(List.of(job.lease()), "its deadline passed"));
        }
        ends.over(
            job,
            TaskState.FAILED,
            null,
            new TaskError(
                "deadline",
                "Its deadline passed "
                    + (job.queued() ? "while it waited." : "before its attempt ended.")));
      } else if (worker != null && now - job.leaseUntil() >= 0) {
        ends.leaseOver(job, worker, "was not heard of in time");
      }
    }
  }

  // ---- what workers say ----

  private void said(String key, WorkMessage message) {
    Worker worker = fleet.get(key);
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
          ends.leaseOver(job, worker, "restarted or never received it");
        }
      }
    }
  }

  private @Nullable Job held(Worker worker, Lease lease) {
    Job job = jobs.find(lease.task());
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
    String note = step.note() == null ? row.note() : step.note();
    TaskRow next = row.now(TaskState.RUNNING, step.percent(), note, null, row.error(), wall);
    job.row(next);
    out.add(begins ? new TaskEffect.Write(next) : new TaskEffect.Show(next));
  }

  private void outcome(Worker worker, Outcome outcome) {
    Job job = jobs.find(outcome.lease().task());
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
        ends.over(job, TaskState.DONE, outcome.result(), null);
      }
      case BROKEN -> ends.over(job, TaskState.FAILED, null, error);
      case FAILED -> ends.failed(job, worker, row.failures() + 1, row.losses(), error);
      case REFUSED -> {
        refused++;
        worker.pause(now + settings.pause().toNanos());
        if (!job.queued()) {
          ends.requeue(job, 0, worker.machine().name() + " did not take it: " + error.text());
        }
      }
    }
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
    taken.forEach((worker, leases) ->
        WorkMessage.Taken.of(leases)
            .forEach(message -> out.add(new TaskEffect.Send(worker, message))));
    taken.clear();
    dirty |= jobs.takeChanged();
    if (dirty && up) {
      dirty = false;
      Map<String, List<Order>> given = new LinkedHashMap<>();
      jobs.offer(job -> place(job, given));
      given.forEach(
          (worker, list) -> out.add(new TaskEffect.Send(worker, new WorkMessage.Assign(list))));
    }
    return flush();
  }

  private boolean place(Job job, Map<String, List<Order>> given) {
    Worker worker = fleet.choose(job);
    if (worker == null) {
      return false;
    }
    TaskRow row = job.row();
    TaskRow leased = row.leased(worker.machine().key(), wall);
    ends.write(job, leased);
    job.give(worker, now + settings.lease().toNanos(), worker.session());
    handedOut++;
    given
        .computeIfAbsent(worker.machine().key(), _ -> new ArrayList<>())
        .add(job.order(settings.lease()));
    return true;
  }

  // ---- what others ask ----

  /** Why a task with that spec runs or does not: each machine with each requirement. */
  public Why why(TaskSpec spec) {
    return fleet.why(Shape.of(spec));
  }

  /** The task as it stands in memory; empty when it is not there. */
  public Optional<TaskRow> find(String id) {
    return Optional.ofNullable(jobs.find(id)).map(Job::row);
  }

  /** How many more tasks memory takes; 0 while more than half of it is in use. */
  public int wanted() {
    return up ? jobs.wanted() : 0;
  }

  /** Characters of payload that memory still takes. */
  public long wantedCharacters() {
    return jobs.wantedCharacters();
  }

  public TaskCounts counts() {
    return new TaskCounts(handedOut, accepted, stale, ends.lost(), refused);
  }
}

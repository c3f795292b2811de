package dev.caelum.task;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the coordinator knows of one machine, and what it has given it. */
final class Worker {
  private static final ResourceNeed NOTHING = ResourceNeed.NONE;

  private Machine machine;
  private WorkMessage.@Nullable Offer offer;
  private long session;
  private long pausedUntil;
  private boolean paused;
  private final Map<String, Job> jobs = new HashMap<>();

  Worker(Machine machine) {
    this.machine = machine;
  }

  Machine machine() {
    return machine;
  }

  void machine(Machine now) {
    machine = now;
  }

  WorkMessage.@Nullable Offer offer() {
    return offer;
  }

  /** The first offer after a loss begins a session. */
  void offer(WorkMessage.Offer now, long nextSession) {
    if (offer == null) {
      session = nextSession;
    }
    offer = now;
  }

  void lost() {
    offer = null;
  }

  /** Grows with each link; what was handed out before may have been lost with the last one. */
  long session() {
    return session;
  }

  /** Not to be asked until then, by the monotonic clock. */
  void pause(long until) {
    pausedUntil = until;
    paused = true;
  }

  /** Ends a pause whose time has come. */
  boolean wake(long now) {
    if (paused && now - pausedUntil >= 0) {
      paused = false;
      return true;
    }
    return false;
  }

  boolean paused() {
    return paused;
  }

  /** What this coordinator has given it and is not over, by task. */
  Map<String, Job> jobs() {
    return jobs;
  }

  /** Attempts that run or wait there, whoever asked. */
  int load() {
    return offer == null
        ? jobs.size()
        : Math.max(0, offer.running() + offer.waiting() - offer.yours()) + jobs.size();
  }

  /** How many more it may be given: its slots once over, so that none stands idle between two. */
  int room() {
    return offer == null || paused ? 0 : 2 * offer.slots() - load();
  }

  /** Load a slot. */
  double pressure() {
    return offer == null ? Double.MAX_VALUE : (double) load() / Math.max(1, offer.slots());
  }

  /**
   * What is free there: as it said, less what it has been given since. It counts running attempts
   * itself, so those are not taken off twice.
   */
  ResourceNeed free() {
    if (offer == null) {
      return NOTHING;
    }
    ResourceNeed said = offer.free();
    double cores = said.cores();
    double memory = said.memoryGib();
    int gpus = said.gpus();
    for (Job job : jobs.values()) {
      if (!job.running()) {
        ResourceNeed need = job.shape().need();
        cores -= need.cores();
        memory -= need.memoryGib();
        gpus -= need.gpus();
      }
    }
    return new ResourceNeed(Math.max(0, cores), Math.max(0, memory), Math.max(0, gpus));
  }
}

package dev.caelum.task;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the coordinator knows of one machine, and what it has given it. */
final class Worker {
  private static final ResourceNeed NOTHING = ResourceNeed.NONE;

  /** How much work it is given ahead: what it has done within this time. */
  private static final double AHEAD_MILLIS = 100;

  private static final int MOST_AHEAD = 64;

  /** Until the first result. */
  private static final int FIRST_AHEAD = 2;

  private Machine machine;
  private WorkMessage.@Nullable Offer offer;
  private long session;
  private long pausedUntil;
  private boolean paused;
  private double usualMillis = AHEAD_MILLIS / FIRST_AHEAD;
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

  /** An attempt there took that long. */
  void took(long millis) {
    usualMillis += (millis - usualMillis) / 8;
  }

  /**
   * How many more it may be given. Short tasks queue there, so that no slot stands idle while it
   * hears of the next; long ones wait here, where the next free machine gets them.
   */
  int room() {
    if (offer == null || paused) {
      return 0;
    }
    int ahead = (int) Math.clamp(AHEAD_MILLIS / Math.max(1, usualMillis), 1, MOST_AHEAD);
    return ahead * offer.slots() - load();
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

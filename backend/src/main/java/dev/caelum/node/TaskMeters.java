package dev.caelum.node;

import dev.caelum.coordinator.TaskLoop;
import dev.caelum.http.NodeMetrics;
import dev.caelum.work.Worker;

/** The meters of tasks: what this node had done by others, and what it did for others. */
final class TaskMeters {
  private static final String RESULTS = "caelum_tasks_results";
  private static final String RESULTS_HELP = "What came of attempts that were handed out";
  private static final String DROPPED = "caelum_tasks_dropped";
  private static final String DROPPED_HELP = "Words about tasks that found no room";

  private TaskMeters() {}

  static void register(NodeMetrics metrics, TaskLoop loop, Worker worker) {
    metrics.counted(
        "caelum_tasks_handed_out", "Attempts given to workers", () -> loop.counts().handedOut());
    metrics.counted(RESULTS, RESULTS_HELP, () -> loop.counts().accepted(), "outcome", "accepted");
    metrics.counted(RESULTS, RESULTS_HELP, () -> loop.counts().stale(), "outcome", "stale");
    metrics.counted(RESULTS, RESULTS_HELP, () -> loop.counts().lost(), "outcome", "lost");
    metrics.counted(RESULTS, RESULTS_HELP, () -> loop.counts().refused(), "outcome", "refused");
    metrics.counted(DROPPED, DROPPED_HELP, loop::dropped, "by", "coordinator");
    metrics.counted(DROPPED, DROPPED_HELP, () -> worker.view().overflowed(), "by", "worker");
    metrics.counted("caelum_worker_attempts", "Attempts begun here", () -> worker.view().began());
    metrics.counted("caelum_worker_refused", "Orders refused here", () -> worker.view().refused());
    metrics.gauge("caelum_worker_running", "Attempts in slots", () -> worker.view().running());
    metrics.gauge(
        "caelum_worker_waiting", "Attempts that wait for a slot", () -> worker.view().waiting());
    metrics.gauge(
        "caelum_worker_results", "Results that nobody took yet", () -> worker.view().kept());
  }
}

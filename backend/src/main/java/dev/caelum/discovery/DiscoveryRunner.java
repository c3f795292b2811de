package dev.caelum.discovery;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Input;
import dev.caelum.feed.DiscoveryRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs Discover Network: all methods at once, one run at a time; a second press joins it. Progress
 * is told at most ten times a second, and every attempt ends in a link or a reason.
 */
public final class DiscoveryRunner implements AutoCloseable {
  /** How long answers are listened for. */
  static final Duration LISTENING = Duration.ofSeconds(5);

  /** How long attempts that are still open may take beyond that. */
  static final Duration CONNECTING = Duration.ofSeconds(10);

  private static final Duration PROGRESS = Duration.ofMillis(100);
  private static final Logger LOG = Logger.getLogger(DiscoveryRunner.class.getName());

  private final List<DiscoveryMethod> methods;
  private final Surroundings surroundings;
  private final Consumer<Input> inputs;
  private final Consumer<DiscoveryRun> progress;
  private long runs;
  private long answeredRuns;
  private boolean closed;
  private @Nullable Running running;
  private @Nullable RunRecord lastRecord;
  private DiscoveryRun last = RunRecord.idle();

  /**
   * @param inputs takes the addresses to contact
   * @param progress is told of every change
   */
  public DiscoveryRunner(
      List<DiscoveryMethod> methods,
      Surroundings surroundings,
      Consumer<Input> inputs,
      Consumer<DiscoveryRun> progress) {
    this.methods = List.copyOf(methods);
    this.surroundings = surroundings;
    this.inputs = inputs;
    this.progress = progress;
  }

  /** A run under way and what its callers wait for. */
  private record Running(RunRecord run, CompletableFuture<DiscoveryRun> end) {}

  /** The running discovery, or the last one. */
  public synchronized DiscoveryRun current() {
    return running == null ? last : running.run().view();
  }

  /** How many runs were begun since the start. */
  public synchronized long runs() {
    return runs;
  }

  /** Runs that at least one machine answered. */
  public synchronized long answeredRuns() {
    return answeredRuns;
  }

  /** Starts a run or joins the one under way; the future ends with it. */
  public synchronized CompletableFuture<DiscoveryRun> start() {
    if (running != null) {
      return running.end();
    }
    if (closed) {
      return CompletableFuture.completedFuture(last);
    }
    RunRecord run = new RunRecord(++runs, surroundings, lastRecord);
    running = new Running(run, new CompletableFuture<>());
    Thread.ofVirtual().name("discovery " + runs).start(() -> run(run));
    return running.end();
  }

  /** Ends the run under way early; without one, nothing happens. */
  public synchronized void stop() {
    if (running != null) {
      running.run().stop();
    }
  }

  /** Ends the run under way and begins no other. */
  @Override
  public synchronized void close() {
    closed = true;
    stop();
  }

  /** Takes every event of the cluster; only a run under way cares. */
  public void saw(ClusterEvent event) {
    RunRecord run = underWay();
    if (run != null) {
      run.saw(event);
    }
  }

  /** Takes every beacon of another node; only a run under way cares. */
  public void heard(Input.BeaconHeard beacon) {
    RunRecord run = underWay();
    if (run != null) {
      run.heard(beacon);
    }
  }

  private synchronized @Nullable RunRecord underWay() {
    return running == null ? null : running.run();
  }

  private void run(RunRecord run) {
    List<Thread> searches = new ArrayList<>();
    try {
      tell(run.view());
      for (DiscoveryMethod method : methods) {
        Search search = new MethodSearch(run, method.name());
        searches.add(
            Thread.ofVirtual()
                .name("discovery " + method.name())
                .start(() -> search(method, search)));
      }
      watch(run);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      // Not waited for: a method that does not heed the interrupt must not hold up the end.
      searches.forEach(Thread::interrupt);
      finish(run);
    }
  }

  private static void search(DiscoveryMethod method, Search search) {
    try {
      method.search(search);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "Discovery method " + method.name() + " failed", e);
    }
  }

  private void watch(RunRecord run) throws InterruptedException {
    while (!run.ended()) {
      run.pause(PROGRESS);
      if (!run.ended()) {
        tell(run.view());
      }
    }
  }

  private void tell(DiscoveryRun run) {
    try {
      progress.accept(run);
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "The progress of a discovery run could not be told", e);
    }
  }

  private void finish(RunRecord run) {
    DiscoveryRun result = run.finish();
    CompletableFuture<DiscoveryRun> end = null;
    synchronized (this) {
      last = result;
      lastRecord = run;
      answeredRuns += result.answered() > 0 ? 1 : 0;
      if (running != null) {
        end = running.end();
      }
      running = null;
    }
    tell(result);
    if (end != null) {
      end.complete(result);
    }
  }

  private final class MethodSearch implements Search {
    private final RunRecord run;
    private final String method;

    MethodSearch(RunRecord run, String method) {
      this.run = run;
      this.method = method;
    }

    @Override
    public boolean over() {
      return run.ended();
    }

    @Override
    public boolean confirmed() {
      return run.confirmed();
    }

    @Override
    public void pause(Duration time) throws InterruptedException {
      run.pause(time);
    }

    @Override
    public void candidate(Endpoint endpoint, Input.Origin origin) {
      if (run.candidate(endpoint, method)) {
        inputs.accept(new Input.Contact(System.nanoTime(), endpoint, origin, method));
      }
    }

    @Override
    public void datagrams(int planned, int sent) {
      run.datagrams(planned, sent);
    }
  }
}

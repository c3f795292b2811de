package dev.caelum.ui.view;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.NodeCommands;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * One command for several machines, four at a time, without holding the page. It goes on when the
 * page is closed, until it is stopped or all were asked.
 */
final class BulkRun {
  private static final int AT_ONCE = 4;
  private static final long TELL_NANOS = Duration.ofMillis(250).toNanos();

  private final Queue<Machine> waiting;
  private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
  private final AtomicInteger askers = new AtomicInteger();
  private final AtomicLong told = new AtomicLong(System.nanoTime());

  /**
   * How it went with one machine.
   *
   * @param text what the node said of it, when it did not go well
   */
  record Outcome(Machine machine, boolean good, String text) {}

  private BulkRun(List<Machine> machines) {
    waiting = new ConcurrentLinkedQueue<>(machines);
  }

  /**
   * Begins at once.
   *
   * @param command asks the node of one machine; blocks until it answered
   * @param machines one at least
   * @param progress told in the UI's turn, now and then, how many were asked
   * @param ended told in the UI's turn how it went with those that were asked
   */
  static BulkRun start(
      UI ui,
      List<Machine> machines,
      BiFunction<NodeCommands, Machine, Outcome> command,
      IntConsumer progress,
      Consumer<List<Outcome>> ended) {
    BulkRun run = new BulkRun(machines);
    NodeCommands commands = Access.dashboard().commands();
    int askers = Math.min(AT_ONCE, machines.size());
    run.askers.set(askers);
    for (int i = 0; i < askers; i++) {
      Thread.ofVirtual()
          .name("bulk")
          .start(() -> run.ask(ui, machine -> command.apply(commands, machine), progress, ended));
    }
    return run;
  }

  /** Leaves out the machines that were not asked yet. */
  void stop() {
    waiting.clear();
  }

  private void ask(
      UI ui,
      Function<Machine, Outcome> command,
      IntConsumer progress,
      Consumer<List<Outcome>> ended) {
    for (Machine next = waiting.poll(); next != null; next = waiting.poll()) {
      outcomes.add(command.apply(next));
      long last = told.get();
      long now = System.nanoTime();
      if (now - last >= TELL_NANOS && told.compareAndSet(last, now)) {
        tell(ui, () -> progress.accept(outcomes.size()));
      }
    }
    if (askers.decrementAndGet() == 0) {
      tell(ui, () -> ended.accept(List.copyOf(outcomes)));
    }
  }

  /** Nobody is told when the page is closed. */
  private static void tell(UI ui, Runnable what) {
    try {
      var _ = ui.access(what::run);
    } catch (UIDetachedException _) {
      // the page is closed
    }
  }
}

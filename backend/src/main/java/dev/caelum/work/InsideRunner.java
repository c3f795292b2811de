package dev.caelum.work;

import dev.caelum.task.TaskError;
import dev.caelum.task.TaskSpec;
import dev.caelum.task.WorkMessage.Ending;
import dev.caelum.task.WorkMessage.Order;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs attempts in this process, each on a virtual thread: only for handlers of ours. */
final class InsideRunner implements Runner {
  private final Map<String, TaskHandler> handlers;

  InsideRunner(Map<String, TaskHandler> handlers) {
    this.handlers = Map.copyOf(handlers);
  }

  @Override
  public Run begin(Order order, Reports reports) {
    TaskHandler handler = handlers.get(order.type());
    if (handler == null) {
      throw new IllegalArgumentException("no handler of " + order.type());
    }
    Context context = new Context(order, reports);
    Thread thread =
        Thread.ofVirtual().name("task " + order.task()).start(() -> run(handler, context, reports));
    return () -> {
      context.halted = true;
      thread.interrupt();
    };
  }

  /** Runs a handler to its end and reports it. */
  static void run(TaskHandler handler, TaskContext context, Reports reports) {
    String result;
    try {
      result = handler.run(context);
    } catch (TaskFailed e) {
      reports.ended(e.mendable() ? Ending.FAILED : Ending.BROKEN, null, error(e.code(), e.text()));
      return;
    } catch (InterruptedException e) {
      reports.ended(Ending.FAILED, null, error("stopped", "It was stopped."));
      return;
    } catch (Exception | StackOverflowError | LinkageError e) {
      reports.ended(Ending.FAILED, null, error("handler", "The handler failed: " + e));
      return;
    }
    if (result.length() > TaskSpec.PAYLOAD_LIMIT) {
      String size = result.length() + " characters";
      reports.ended(
          Ending.BROKEN, null, error("result", "The result has " + size + ", beyond 256 Ki."));
      return;
    }
    reports.ended(Ending.DONE, result, null);
  }

  static TaskError error(String code, String text) {
    return new TaskError(cut(code, 64), cut(text, 400));
  }

  static @Nullable String note(@Nullable String text) {
    return text == null ? null : cut(text, 200);
  }

  static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  @Override
  public void close() {
    // Attempts are halted one by one by whoever began them.
  }

  private static final class Context implements TaskContext {
    private final Order order;
    private final Reports reports;
    volatile boolean halted;

    Context(Order order, Reports reports) {
      this.order = order;
      this.reports = reports;
    }

    @Override
    public String payload() {
      return order.payload();
    }

    @Override
    public String task() {
      return order.task();
    }

    @Override
    public long epoch() {
      return order.epoch();
    }

    @Override
    public void progress(int percent, @Nullable String note) {
      reports.progress(Math.clamp(percent, -1, 100), note(note));
    }

    @Override
    public boolean cancelled() {
      return halted;
    }
  }
}

package dev.caelum.work;

import dev.caelum.task.TaskError;
import dev.caelum.task.WorkMessage.Ending;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * The process that runs handlers which are not the node's own: takes one task after the other from
 * its standard input, until that ends. Its standard output belongs to the protocol ({@link
 * ChildWire}); what handlers print is thrown away.
 */
public final class ChildMain {
  private final DataInputStream in;
  private final DataOutputStream out;
  private final Map<String, TaskHandler> handlers;

  private ChildMain(DataInputStream in, DataOutputStream out, Map<String, TaskHandler> handlers) {
    this.in = in;
    this.out = out;
    this.handlers = handlers;
  }

  /** Called by {@link ChildRunner} only. */
  public static void main(String[] arguments) throws IOException {
    DataInputStream in = new DataInputStream(System.in);
    DataOutputStream out = new DataOutputStream(System.out);
    System.setIn(InputStream.nullInputStream());
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    System.setOut(nowhere);
    System.setErr(nowhere);
    Map<String, TaskHandler> handlers = new HashMap<>();
    ChildHandlers.all(ChildWire.readSettings(in), ChildMain.class.getClassLoader())
        .forEach(handler -> handlers.put(handler.type(), handler));
    new ChildMain(in, out, handlers).serve();
  }

  private void serve() throws IOException {
    ThreadFactory threads = Thread.ofPlatform().name("task").daemon().factory();
    while (true) {
      ChildWire.Order order;
      try {
        order = ChildWire.readOrder(in);
      } catch (EOFException over) {
        // The node closed the pipe, or is gone: handlers that still run end with this process.
        Runtime.getRuntime().halt(0);
        return;
      }
      Thread thread = threads.newThread(() -> run(order));
      thread.start();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Runtime.getRuntime().halt(1);
      }
    }
  }

  private void run(ChildWire.Order order) {
    TaskHandler handler = handlers.get(order.type());
    Runner.Reports reports = new Told(out);
    if (handler == null) {
      reports.ended(
          Ending.BROKEN, null, InsideRunner.error("no_handler", "No handler of " + order.type()));
      return;
    }
    InsideRunner.run(handler, new Context(order, reports), reports);
  }

  private record Told(DataOutputStream out) implements Runner.Reports {
    @Override
    public void progress(int percent, @Nullable String note) {
      try {
        ChildWire.writeProgress(out, percent, note);
      } catch (IOException e) {
        Runtime.getRuntime().halt(1);
      }
    }

    @Override
    public void ended(Ending ending, @Nullable String result, @Nullable TaskError error) {
      try {
        ChildWire.writeEnd(out, ending, result, error);
      } catch (IOException e) {
        Runtime.getRuntime().halt(1);
      }
    }
  }

  private record Context(ChildWire.Order order, Runner.Reports reports) implements TaskContext {
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
      reports.progress(Math.clamp(percent, -1, 100), InsideRunner.note(note));
    }

    /** The process is ended instead. */
    @Override
    public boolean cancelled() {
      return Thread.currentThread().isInterrupted();
    }
  }
}

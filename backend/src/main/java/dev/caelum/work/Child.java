package dev.caelum.work;

import dev.caelum.task.WorkMessage.Order;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One process that runs handlers. */
final class Child {
  /** As {@code -XX:+ExitOnOutOfMemoryError} ends it. */
  private static final int OUT_OF_MEMORY = 3;

  private final Process process;
  private final DataOutputStream out;
  private final DataInputStream in;

  private Child(Process process) {
    this.process = process;
    this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    this.in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
  }

  /** Starts one with an empty environment, in the folder for temporary files. */
  static Child start(List<String> command, String settings) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.directory(Path.of(System.getProperty("java.io.tmpdir")).toFile());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Child child = new Child(builder.start());
    ChildWire.writeSettings(child.out, settings);
    return child;
  }

  boolean alive() {
    return process.isAlive();
  }

  void give(Order order) throws IOException {
    ChildWire.writeOrder(
        out, new ChildWire.Order(order.type(), order.task(), order.epoch(), order.payload()));
  }

  /** The next thing that it says; waits for it. */
  ChildWire.Word hear() throws IOException {
    return ChildWire.readWord(in);
  }

  /** Ends it at once; its exit cannot be put off. */
  void kill() {
    process.destroyForcibly();
  }

  /** Why it fell silent, for people. */
  String end(IOException why) {
    boolean exited = false;
    try {
      exited = process.waitFor(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (exited && process.exitValue() == OUT_OF_MEMORY) {
      return "Its process ran out of memory.";
    }
    return why instanceof EOFException
        ? "Its process ended" + (exited ? " with code " + process.exitValue() : "") + "."
        : String.valueOf(why.getMessage());
  }
}

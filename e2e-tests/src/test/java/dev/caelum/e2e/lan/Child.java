package dev.caelum.e2e.lan;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A process inside a {@link Host}; its output goes to a file, its input is a pipe. */
public final class Child implements AutoCloseable {
  private final Shell signals;
  private final Process process;
  private final Path log;
  private final long startedNanos;

  /**
   * Starts {@code command} in the namespaces of {@code host}.
   *
   * @param signals a shell that sees the process ids of this JVM's namespace
   * @param log the file for what the process prints
   */
  Child(Host host, Shell signals, Path log, List<String> command) throws IOException {
    this(host, signals, log, command, ProcessBuilder.Redirect.appendTo(log.toFile()));
  }

  /** The same, and {@code lines} gets each line that the process prints, as soon as it does. */
  Child(Host host, Shell signals, Path log, List<String> command, Consumer<String> lines)
      throws IOException {
    this(host, signals, log, command, ProcessBuilder.Redirect.PIPE);
    Writer copy = Files.newBufferedWriter(log);
    BufferedReader output = process.inputReader();
    Thread.ofPlatform()
        .daemon()
        .name(log.getFileName().toString())
        .start(() -> {
          try (copy;
              output) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
              lines.accept(line);
              copy.write(line + "\n");
              copy.flush();
            }
          } catch (IOException _) {
            // The pipe's end: killing the process closes it at once.
          }
        });
  }

  private Child(
      Host host, Shell signals, Path log, List<String> command, ProcessBuilder.Redirect output)
      throws IOException {
    this.signals = signals;
    this.log = log;
    List<String> line = new ArrayList<>();
    line.addAll(
        List.of("nsenter", "--target", String.valueOf(host.pid()), "--net", "--mount", "--uts"));
    line.add("--");
    line.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(key -> key.startsWith("CAELUM"));
    environment.put("HOME", host.folder().toString());
    startedNanos = System.nanoTime();
    process = builder.start();
  }

  /** When the process was started, by {@link System#nanoTime}. */
  public long startedNanos() {
    return startedNanos;
  }

  public long pid() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  /** The process itself, for its standard input. */
  public Process process() {
    return process;
  }

  /** What the process has printed. */
  public String output() throws IOException {
    return Files.readString(log);
  }

  public void kill9() {
    process.destroyForcibly();
  }

  public void terminate() {
    signals.run("kill -TERM " + pid());
  }

  public void pause() {
    signals.run("kill -STOP " + pid());
  }

  public void resume() {
    signals.run("kill -CONT " + pid());
  }

  /** Waits for the end of the process: its exit code, empty when it still runs. */
  public OptionalInt exit(Duration limit) throws InterruptedException {
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
        ? OptionalInt.of(process.exitValue())
        : OptionalInt.empty();
  }

  /** Resident memory in MiB. */
  public double rssMiB() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1_024.0;
      }
    }
    throw new IllegalStateException("no VmRSS of " + pid());
  }

  /** CPU time used so far, user and system, in seconds. */
  double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
  }

  @Override
  public void close() {
    end(process);
  }

  /** Kills {@code process} and waits for its end. */
  static void end(Process process) {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}

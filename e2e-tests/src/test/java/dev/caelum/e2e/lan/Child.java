package dev.caelum.e2e.lan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** A process inside a {@link Host}; its output goes to a file, its input is a pipe. */
final class Child implements AutoCloseable {
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
    this.signals = signals;
    this.log = log;
    List<String> line = new ArrayList<>();
    line.addAll(
        List.of("nsenter", "--target", String.valueOf(host.pid()), "--net", "--mount", "--uts"));
    line.add("--");
    line.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(key -> key.startsWith("CAELUM"));
    environment.put("HOME", host.folder().toString());
    startedNanos = System.nanoTime();
    process = builder.start();
  }

  /** When the process was started, by {@link System#nanoTime}. */
  long startedNanos() {
    return startedNanos;
  }

  long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.isAlive();
  }

  /** The process itself, for its standard input. */
  Process process() {
    return process;
  }

  /** What the process has printed. */
  String output() throws IOException {
    return Files.readString(log);
  }

  void kill9() {
    process.destroyForcibly();
  }

  void terminate() {
    signals.run("kill -TERM " + pid());
  }

  void pause() {
    signals.run("kill -STOP " + pid());
  }

  void resume() {
    signals.run("kill -CONT " + pid());
  }

  /** Waits for the end of the process: its exit code, empty when it still runs. */
  OptionalInt exit(Duration limit) throws InterruptedException {
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
        ? OptionalInt.of(process.exitValue())
        : OptionalInt.empty();
  }

  /** Resident memory in MiB. */
  double rssMiB() throws IOException {
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
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}

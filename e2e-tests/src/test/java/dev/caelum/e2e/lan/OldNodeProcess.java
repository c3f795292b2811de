package dev.caelum.e2e.lan;

import dev.caelum.e2e.oldnode.OldNode;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/** An old node that runs on a {@link Host}; {@link OldNode} tells its options. */
public final class OldNodeProcess {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final long POLL_NANOS = 2_000_000;

  private final Child child;
  private final Writer commands;
  private int answers;

  private OldNodeProcess(Child child) {
    this.child = child;
    commands = child.process().outputWriter(StandardCharsets.UTF_8);
  }

  /** Starts an old node with {@code options} and waits until it listens. */
  public static OldNodeProcess start(Host host, String... options)
      throws IOException, InterruptedException {
    Set<String> path = new TreeSet<>();
    for (Class<?> needed :
        List.of(OldNode.class, Json.class, org.eclipse.parsson.JsonProviderImpl.class)) {
      path.add(
          Path.of(URI.create(needed.getProtectionDomain().getCodeSource().getLocation().toString()))
              .toString());
    }
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                String.join(File.pathSeparator, path),
                OldNode.class.getName(),
                "address=" + host.address()));
    line.addAll(List.of(options));
    OldNodeProcess node = new OldNodeProcess(host.start("old", line));
    node.line(0);
    return node;
  }

  /** The status that {@link OldNode} prints: counters and lists. */
  public JsonObject status() throws IOException, InterruptedException {
    return tell("status");
  }

  /** Makes it give a task to all that are linked with it. */
  void give(String id, String type, String payload) throws IOException, InterruptedException {
    tell(
        """
        {"task_id":"%s","task_type":"%s","service_name":"any","source_machine":"old",\
        "assigned_machines":[],"payload":%s,"priority":5,"estimated_duration":60,\
        "created_at":"2026-11-22T07:00:00+00:00"}\
        """
            .formatted(id, type, payload));
  }

  /** What others said of the tasks that it gave them. */
  List<JsonObject> tasks() throws IOException, InterruptedException {
    return status().getJsonArray("tasks").getValuesAs(JsonObject.class);
  }

  private JsonObject tell(String line) throws IOException {
    commands.write(line + "\n");
    commands.flush();
    answers++;
    try (var reader = Json.createReader(new StringReader(line(answers)))) {
      return reader.readObject();
    }
  }

  private String line(int index) throws IOException {
    long limit = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < limit) {
      String output = child.output();
      List<String> lines =
          output
              .lines()
              .filter(line -> line.equals("ready") || (line.startsWith("{") && line.endsWith("}")))
              .toList();
      if (lines.size() > index) {
        return lines.get(index);
      }
      if (!child.alive()) {
        throw new AssertionError("the old node ended: " + output);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    throw new AssertionError("no answer of the old node: " + child.output());
  }

  Child child() {
    return child;
  }
}

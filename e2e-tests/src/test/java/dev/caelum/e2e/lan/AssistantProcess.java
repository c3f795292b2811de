package dev.caelum.e2e.lan;

import dev.caelum.e2e.mcp.Assistant;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An {@link Assistant} that runs on a node's {@link Host}. */
public final class AssistantProcess {
  private final Child child;
  private final Writer questions;
  private final BlockingQueue<String> answers;

  private AssistantProcess(Child child, BlockingQueue<String> answers) {
    this.child = child;
    this.answers = answers;
    questions = child.process().outputWriter(StandardCharsets.UTF_8);
  }

  /** Starts it and waits until it has a session with the node. */
  static AssistantProcess start(Host host) throws Exception {
    BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    Child child = host.start("assistant", program(Assistant.class), answers::add);
    AssistantProcess started = new AssistantProcess(child, answers);
    started.answer();
    return started;
  }

  /** The command line of a program among the test classes. */
  public static List<String> program(Class<?> program, String... arguments) {
    return Stream.concat(
            Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()),
            Stream.of(arguments))
        .toList();
  }

  /** Names and descriptions of the tools that the node offers. */
  JsonObject tools() throws Exception {
    return ask("{\"do\":\"tools\"}");
  }

  /** Calls a tool: {@code text}, {@code error}, {@code progress}, or {@code code, message}. */
  JsonObject call(String tool, String arguments) throws Exception {
    return ask("{\"do\":\"call\",\"tool\":\"%s\",\"arguments\":%s}".formatted(tool, arguments));
  }

  /** Makes that many calls at once. */
  JsonObject many(String tool, int count) throws Exception {
    return ask("{\"do\":\"many\",\"tool\":\"%s\",\"count\":%d}".formatted(tool, count));
  }

  /** Begins a call that is then cancelled. */
  void begin(String tool) throws Exception {
    ask("{\"do\":\"begin\",\"tool\":\"%s\"}".formatted(tool));
  }

  JsonObject cancel() throws Exception {
    return ask("{\"do\":\"cancel\"}");
  }

  private JsonObject ask(String question) throws Exception {
    send(question);
    return answer();
  }

  /** Asks without waiting; {@link #answer} is the answer. */
  void send(String question) throws IOException {
    questions.write(question + "\n");
    questions.flush();
  }

  JsonObject answer() throws Exception {
    StringBuilder said = new StringBuilder();
    for (String line = answers.poll(60, TimeUnit.SECONDS);
        line != null;
        line = answers.poll(child.alive() ? 60 : 0, TimeUnit.SECONDS)) {
      if (line.startsWith("{")) {
        try (var reader = Json.createReader(new StringReader(line))) {
          return reader.readObject();
        }
      }
      said.append(line).append('\n');
    }
    throw new AssertionError("no answer of the assistant: " + said);
  }
}

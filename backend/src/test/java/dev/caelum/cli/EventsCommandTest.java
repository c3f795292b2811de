package dev.caelum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cli.StandInNode.Ran;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class EventsCommandTest {
  @Test
  void theLastEventsAreLinesForPeople() throws Exception {
    try (StandInNode node = new StandInNode()) {
      node.answers("GET /log?limit=2", 200, "{\"log\":[" + log(1) + "," + log(2) + "]}");
      Ran ran = node.run("events", "--lines", "2");
      assertThat(ran.status()).isZero();
      assertThat(ran.out().lines())
          .hasSize(2)
          .allMatch(
              line -> line.matches("2026-\\d\\d-\\d\\d \\d\\d:0\\d:00  info     machine     e\\d"));
    }
  }

  @Test
  void followGoesOnBehindTheLastEventAndAfterARestartPrintsOnlyWhatIsNew() throws Exception {
    try (StandInNode node = new StandInNode()) {
      node.streams(
          ": hello\n\n"
              + event("a-1", "snapshot", "{\"log\":[" + log(1) + "," + log(2) + "]}")
              + event("a-2", "machine", "{\"machine\":{}}")
              + event("a-3", "log", log(3)),
          event("b-1", "snapshot", "{\"log\":[" + log(3) + "," + log(4) + "]}")
              + event("b-2", "log", log(5)));
      FirstLines out = new FirstLines(4);
      CommandLine command = new CommandLine(new EventsCommand());
      command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(Writer.nullWriter()));

      int status = command.execute("--follow", "--lines", "1", "--node", node.url());

      assertThat(status).isZero();
      assertThat(out.text.toString().lines().map(line -> line.substring(line.length() - 2)))
          .containsExactly("e2", "e3", "e4", "e5");
      assertThat(node.requests()).startsWith("GET /events", "GET /events after a-3");
    }
  }

  @Test
  void scriptsGetEveryEvent() throws Exception {
    try (StandInNode node = new StandInNode()) {
      node.streams("id: a-1\r\nevent: node\r\ndata: {\"a\":\r\ndata: 1}\r\n\r\n");
      FirstLines out = new FirstLines(1);
      CommandLine command = new CommandLine(new EventsCommand());
      command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(Writer.nullWriter()));
      command.execute("--follow", "--json", "--node", node.url());
      assertThat(out.text.toString())
          .isEqualTo("{\"id\":\"a-1\",\"event\":\"node\",\"data\":{\"a\":1}}\n");
    }
  }

  private static String log(int minute) {
    return """
    {"time":"2026-11-22T10:0%d:00Z","level":"info","category":"machine","text":"e%d"}\
    """
        .formatted(minute, minute);
  }

  private static String event(String id, String name, String data) {
    return "id: " + id + "\nevent: " + name + "\ndata: " + data + "\n\n";
  }

  /** Takes a few lines, then breaks like a pipe to {@code head}. */
  private static final class FirstLines extends Writer {
    final StringBuilder text = new StringBuilder();
    private final int most;

    FirstLines(int most) {
      this.most = most;
    }

    @Override
    public void write(char[] chars, int offset, int length) throws IOException {
      text.append(chars, offset, length);
    }

    @Override
    public void flush() throws IOException {
      if (text.chars().filter(c -> c == '\n').count() >= most) {
        throw new IOException("Broken pipe");
      }
    }

    @Override
    public void close() {}
  }
}

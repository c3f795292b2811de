package dev.caelum.cli;

import dev.caelum.logging.Printable;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "events",
    description = "Print the last events; with --follow go on until Ctrl-C, across interruptions.")
final class EventsCommand implements Callable<Integer> {
  /** The node sends at least a comment every 2 s. */
  private static final int SILENCE_MILLIS = 10_000;

  private static final int MAX_PAUSE_MILLIS = 5_000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  @Mixin private final ClientOptions options = new ClientOptions();

  @Option(names = "--follow", description = "stay and print what happens")
  private boolean follow;

  @Option(
      names = "--lines",
      paramLabel = "N",
      description = "how many of the past events to print first (default ${DEFAULT-VALUE})")
  private int lines = 20;

  private @Nullable String lastId;
  private @Nullable Instant lastTime;

  @Override
  public Integer call() throws Exception {
    NodeClient client = options.client();
    if (!follow) {
      JsonObject answer = client.get("/log?limit=" + Math.max(0, lines));
      JsonText.objects(answer, "log").forEach(this::printLog);
      return ExitCode.OK;
    }
    // The first stream must open; later ones may take as long as the node is away.
    InputStream stream = client.events(null, SILENCE_MILLIS);
    while (true) {
      read(stream);
      if (readerIsGone()) {
        return ExitCode.OK;
      }
      stream = reopen(client);
    }
  }

  /** Whether whatever reads our output, for example {@code head}, has had enough. */
  private boolean readerIsGone() {
    return options.out().checkError();
  }

  private void read(InputStream stream) {
    try (stream) {
      ServerEvent.readAll(
          stream,
          event -> {
            print(event);
            return !readerIsGone();
          });
      options.err().println("The node closed the stream; trying again.");
    } catch (IOException e) {
      options.err().println("Lost the node (" + Printable.of(e.getMessage()) + "); trying again.");
    }
  }

  private InputStream reopen(NodeClient client) throws InterruptedException, ApiRefused {
    for (int pause = 250; ; pause = Math.min(MAX_PAUSE_MILLIS, pause * 2)) {
      Thread.sleep(pause);
      try {
        return client.events(lastId, SILENCE_MILLIS);
      } catch (NotReachable e) {
        // Already told that it is lost.
      }
    }
  }

  private void print(ServerEvent event) {
    lastId = event.id();
    if (options.json()) {
      options.out().println(JsonText.safe(json(event)));
      return;
    }
    switch (event.name()) {
      case "log" -> printLog(event.data());
      case "snapshot" -> missed(JsonText.objects(event.data(), "log")).forEach(this::printLog);
      default -> {
        // Rows and numbers: whoever wants them takes --json or the page.
      }
    }
  }

  /** Of a snapshot's lines the last few at first, later those that are new. */
  private List<JsonObject> missed(List<JsonObject> log) {
    Instant last = lastTime;
    return last == null
        ? log.subList(Math.max(0, log.size() - Math.max(0, lines)), log.size())
        : log.stream().filter(line -> time(line).isAfter(last)).toList();
  }

  private static JsonObject json(ServerEvent event) {
    return JsonText.builder()
        .add("id", event.id())
        .add("event", event.name())
        .add("data", event.data())
        .build();
  }

  private void printLog(JsonObject line) {
    if (options.json()) {
      options.out().println(JsonText.safe(line));
      return;
    }
    lastTime = time(line);
    options
        .out()
        .println(
            TIME.format(time(line))
                + "  "
                + padded(JsonText.text(line, "level"), 9)
                + padded(JsonText.text(line, "category"), 12)
                + Printable.of(JsonText.text(line, "text")));
  }

  private static Instant time(JsonObject line) {
    try {
      return Instant.parse(String.valueOf(JsonText.text(line, "time")));
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }

  private static String padded(@Nullable String text, int width) {
    String safe = Printable.of(text);
    return safe + " ".repeat(Math.max(1, width - Table.width(safe)));
  }
}

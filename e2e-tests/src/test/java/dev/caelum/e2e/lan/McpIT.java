package dev.caelum.e2e.lan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.e2e.mcp.ToolServer;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A real MCP server on one machine, used through the node of another. */
@InLab
class McpIT {
  private static final Duration FOUND = Duration.ofSeconds(20);

  /** Node n1 looks on, n2 has the server and lets n3 call its tools. */
  private record Room(Lab lab, Cluster cluster) {
    NodeProcess onlooker() {
      return cluster.node(0);
    }

    NodeProcess owner() {
      return cluster.node(1);
    }

    NodeProcess caller() {
      return cluster.node(2);
    }

    static Room open(Lab lab) throws IOException, InterruptedException {
      List<Host> hosts = lab.hosts(3);
      Cluster cluster = new Cluster();
      for (Host host : hosts) {
        Path settings = host.folder().resolve("node.yaml");
        String allowed = host.equals(hosts.get(1)) ? hosts.get(2).address() : "";
        Files.writeString(settings, "caelum:\n  mcp-forward-from: \"" + allowed + "\"\n");
        cluster.add(NodeProcess.start(host, "--config", settings.toString()).ready());
      }
      cluster.awaitAllMet(Cluster.MEET);
      return new Room(lab, cluster);
    }

    /** Starts the server and waits until it listens: the moment of that. */
    Server serve() throws Exception {
      CompletableFuture<Long> ready = new CompletableFuture<>();
      Lines lines = new Lines();
      Child child =
          owner()
              .host()
              .start(
                  "server",
                  AssistantProcess.program(ToolServer.class, "8105"),
                  line -> {
                    if (line.equals("ready")) {
                      ready.complete(System.nanoTime());
                    }
                    lines.add(line);
                  });
      return new Server(child, ready.get(30, TimeUnit.SECONDS), lines);
    }

    /** Waits until {@code watcher} tells that state of the server: when it did. */
    long state(NodeProcess watcher, String state) throws Exception {
      Eventually.get(
          FOUND,
          () -> service(watcher).map(service -> service.getString("state")).orElse("none"),
          state::equals);
      return System.nanoTime();
    }

    Optional<JsonObject> service(NodeProcess watcher) throws IOException, InterruptedException {
      return watcher.get("/api/v1/services").getJsonArray("services").stream()
          .map(JsonValue::asJsonObject)
          .filter(service ->
              service.getInt("port") == 8105
                  && service.getString("hostname").equals(owner().host().name()))
          .findFirst();
    }
  }

  private record Server(Child child, long readyNanos, Lines lines) {}

  private static final class Lines {
    private final StringBuilder all = new StringBuilder();

    synchronized void add(String line) {
      all.append(line).append('\n');
    }

    synchronized long count(String word) {
      return all.toString().lines().filter(line -> line.startsWith(word)).count();
    }
  }

  private static long millis(long from, long to) {
    return TimeUnit.NANOSECONDS.toMillis(to - from);
  }

  @Test
  @DisplayName("A server on 8105 of one machine is found by all, called from another, and missed")
  void aServerIsFoundByAllCalledFromAnotherAndMissed(Lab lab) throws Exception {
    Room room = Room.open(lab);
    Server server = room.serve();
    System.out.printf(
        "mcp: ready after its first line: owner %d ms, onlooker %d ms, caller %d ms%n",
        millis(server.readyNanos(), room.state(room.owner(), "ready")),
        millis(server.readyNanos(), room.state(room.onlooker(), "ready")),
        millis(server.readyNanos(), room.state(room.caller(), "ready")));

    AssistantProcess assistant = AssistantProcess.start(room.caller().host());
    assertThat(assistant.tools().keySet())
        .contains("n2__echo", "n2__steps", "n2__fail", "n2__refuse", "n2__wait", "machines");
    JsonObject echo = assistant.call("n2__echo", "{\"text\":\"hello\"}");
    assertThat(echo.getString("text")).isEqualTo("hello");
    assertThat(echo.getBoolean("error")).isFalse();

    String large = "x".repeat(200_000);
    assertThat(assistant.call("n2__echo", "{\"text\":\"" + large + "\"}").getString("text"))
        .isEqualTo(large);

    JsonObject steps = assistant.call("n2__steps", "{}");
    assertThat(steps.getString("text")).isEqualTo("three steps");
    assertThat(steps.getJsonArray("progress").getValuesAs(JsonString::getString))
        .containsExactly("1.0/3.0 step 1", "2.0/3.0 step 2", "3.0/3.0 step 3");

    JsonObject failed = assistant.call("n2__fail", "{}");
    assertThat(failed.getString("text")).isEqualTo("it went wrong");
    assertThat(failed.getBoolean("error")).isTrue();
    JsonObject refused = assistant.call("n2__refuse", "{}");
    System.out.println("mcp: refused by the server: " + refused);
    assertThat(refused.getInt("code")).isEqualTo(-32_602);
    assertThat(refused.getString("message")).isEqualTo("not with these arguments");

    JsonObject many = assistant.many("n2__echo", 50);
    System.out.println("mcp: 50 calls at once: " + many + ", one: " + echo.get("ms") + " ms");
    assertThat(many.getInt("answered")).isEqualTo(50);
    assertThat(many.getBoolean("right")).isTrue();

    assistant.begin("n2__wait");
    Eventually.get(() -> server.lines().count("waiting"), calls -> calls == 1);
    JsonObject cancelled = assistant.cancel();
    System.out.println("mcp: cancelled: " + cancelled);
    assertThat(cancelled.getInt("status")).isEqualTo(202);
    assertThat(cancelled.getString("said")).doesNotContain("\"result\"");
    Eventually.get(() -> server.lines().count("cancelled"), arrived -> arrived == 1);

    missed(room, server, assistant);
  }

  /** The server is killed while a call waits for it. */
  private static void missed(Room room, Server server, AssistantProcess assistant)
      throws Exception {
    assistant.send("{\"do\":\"call\",\"tool\":\"n2__wait\",\"arguments\":{}}");
    Eventually.get(() -> server.lines().count("waiting"), calls -> calls == 2);
    long killed = System.nanoTime();
    server.child().kill9();
    System.out.printf(
        "mcp: down after its kill: owner %d ms, onlooker %d ms, caller %d ms%n",
        millis(killed, room.state(room.owner(), "down")),
        millis(killed, room.state(room.onlooker(), "down")),
        millis(killed, room.state(room.caller(), "down")));
    JsonObject waited = assistant.answer();
    System.out.println("mcp: a call under way at the kill: " + waited);
    assertThat(waited.toString()).contains("n2", "8105", "down since");
    JsonObject call = assistant.call("n2__echo", "{\"text\":\"hello\"}");
    System.out.println("mcp: a call after it: " + call);
    assertThat(call.getBoolean("error")).isTrue();
    assertThat(call.getString("text"))
        .contains("n2", "caelum-intelligence-hub", "8105", "down since", "stopped listening");
    assertThat(assistant.tools().keySet()).doesNotContain("n2__echo").contains("machines");
    assertThat(room.service(room.caller()).orElseThrow().getString("reason"))
        .contains("stopped listening on port 8105");
  }

  @Test
  @DisplayName("A machine that is not named in mcp-forward-from is refused in words")
  void aMachineThatIsNotNamed_isRefusedInWords(Lab lab) throws Exception {
    Room room = Room.open(lab);
    room.serve();
    room.state(room.onlooker(), "ready");
    JsonObject refused =
        AssistantProcess.start(room.onlooker().host()).call("n2__echo", "{\"text\":\"hello\"}");
    System.out.println("mcp: refused: " + refused);
    assertThat(refused.getBoolean("error")).isTrue();
    assertThat(refused.getString("text"))
        .contains("n2", "mcp-forward-from", room.onlooker().address());
    AssistantProcess own = AssistantProcess.start(room.owner().host());
    assertThat(own.call("n2__echo", "{\"text\":\"mine\"}").getString("text")).isEqualTo("mine");
  }
}

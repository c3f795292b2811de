package dev.caelum.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caelum.service.Service;
import dev.caelum.service.ServiceState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as assistants keep them, and a real server that one of them names. */
class ClientRegistryTest {
  private static final int OWN_PORT = 8_080;

  private final List<Service> told = new CopyOnWriteArrayList<>();
  private final AtomicInteger gone = new AtomicInteger();
  private final ServiceWatch watch = new ServiceWatch(Set.of(), told::add, gone::incrementAndGet);
  @TempDir private Path folder;
  private Path file;
  private ClientRegistry registry;
  private int writes;

  @BeforeEach
  void open() {
    file = folder.resolve("desktop.json");
    registry = new ClientRegistry(List.of(file), OWN_PORT, watch, told::add, gone::incrementAndGet);
  }

  @AfterEach
  void close() {
    registry.close();
    watch.close();
  }

  @Test
  void programsAndOthersAreListedWithoutAnySecret() throws Exception {
    write(
        """
        {"theme": "dark", "mcpServers": {
          "files": {"command": "/opt/s3cret/run", "args": ["--token", "s3cret"],
                    "env": {"API_KEY": "s3cret"}},
          "far": {"url": "https://s3cret.example.org/mcp?key=s3cret",
                  "headers": {"Authorization": "Bearer s3cret"}},
          "itself": {"url": "http://localhost:8080/mcp"},
          "odd": {"url": "http://[s3cret"},
          "number": 7}}
        """);
    registry.look();
    List<Service> services = registry.services();
    assertThat(services).extracting(Service::name).containsExactly("far", "files", "odd");
    assertThat(services).extracting(Service::state).containsOnly(ServiceState.CONFIGURED);
    assertThat(services).allMatch(Service::configured).allMatch(service -> service.port() == 0);
    assertThat(services).extracting(Service::reason).allMatch(why -> why.contains("desktop.json"));
    assertThat(told).isEqualTo(services);
    assertThat(services.toString() + watch.services()).doesNotContain("s3cret");
    assertThat(watch.services()).isEmpty();
  }

  @Test
  void aServerWithAnAddressOnThisMachineIsAsked() throws Exception {
    try (SdkServer server = new SdkServer(0)) {
      String url = "http://127.0.0.1:%d/mcp?key=s3cret".formatted(server.port());
      write("{\"mcpServers\":{\"mine\":{\"type\":\"http\",\"url\":\"" + url + "\"}}}");
      registry.look();
      watch.start();
      await()
          .atMost(Duration.ofSeconds(8))
          .until(() -> {
            Service found = watch.service(server.port());
            return found != null && found.ready();
          });
      Service found = Objects.requireNonNull(watch.service(server.port()));
      assertThat(found.configured()).isTrue();
      assertThat(found.name()).isEqualTo("mine");
      assertThat(found.toString()).doesNotContain("s3cret");

      write("{}");
      registry.look();
      assertThat(watch.service(server.port())).isNull();
      assertThat(gone).hasValue(1);
    }
  }

  @Test
  void thePathOfAnAddressIsNotToldWhenNothingAnswersThere() throws Exception {
    try (SdkServer server = new SdkServer(0)) {
      String url = "http://user:s3cret@127.0.0.1:%d/s3cret/mcp".formatted(server.port());
      write("{\"mcpServers\":{\"mine\":{\"url\":\"" + url + "\"}}}");
      registry.look();
      watch.start();
      await()
          .atMost(Duration.ofSeconds(8))
          .until(() -> {
            Service found = watch.service(server.port());
            return found != null && found.state() == ServiceState.TAKEN;
          });
      assertThat(watch.services().toString()).doesNotContain("s3cret");
      assertThat(told.toString()).doesNotContain("s3cret");
    }
  }

  @Test
  void oneThatDoesNotListenIsDownAndSaysWhereItStands() throws Exception {
    write("{\"mcpServers\":{\"mine\":{\"url\":\"http://localhost:1/mcp\"}}}");
    registry.look();
    Service down = Objects.requireNonNull(watch.service(1));
    assertThat(down.state()).isEqualTo(ServiceState.DOWN);
    assertThat(down.reason()).isEqualTo("It stands in desktop.json; nothing listens on port 1.");
  }

  @Test
  void aFileThatIsNoJsonIsAFindingThatQuotesNothing() throws Exception {
    registry.look();
    assertThat(registry.problems()).singleElement().asString().contains("is not there");
    write("{\"mcpServers\":{\"files\":{\"command\":\"run\"}}}");
    registry.look();
    assertThat(registry.problems()).isEmpty();
    assertThat(registry.services()).hasSize(1);

    List<String> useless =
        List.of(
            "{\"mcpServers\": s3cret",
            "[]",
            "{\"mcpServers\":[]}",
            "",
            "{\"s3cret\":".repeat(5_000),
            "{\"s3cret\":\"" + " ".repeat(2 << 20) + "\"}");
    for (String broken : useless) {
      write(broken);
      registry.look();
      assertThat(registry.problems())
          .singleElement()
          .asString()
          .contains("desktop.json")
          .doesNotContain("s3cret");
      assertThat(registry.services()).as("what it named before").hasSize(1);
    }

    write("{\"mcpServers\":{}}");
    registry.look();
    assertThat(registry.problems()).isEmpty();
    assertThat(registry.services()).isEmpty();
    assertThat(gone).hasValue(1);
  }

  /** A host that Java does not parse, ports that are none, and a path that names another host. */
  @Test
  void addressesThatAreNotOfThisMachineAreListedAndNeverAsked() throws Exception {
    List<String> addresses =
        List.of(
            "http:///mcp",
            "http:mcp",
            "http://my_host:8100/mcp",
            "http://localhost:0/mcp",
            "http://localhost:70000/mcp",
            "http://127.0.0.1:8100//elsewhere.example/mcp");
    for (String address : addresses) {
      write("{\"mcpServers\":{\"mine\":{\"url\":\"" + address + "\"}}}");
      registry.look();
      assertThat(registry.problems()).as(address).isEmpty();
      assertThat(registry.services()).as(address).singleElement().matches(one -> one.port() == 0);
      assertThat(watch.services()).as(address).isEmpty();
    }
  }

  @Test
  void namesAreCutAndCannotForgeALine() throws Exception {
    String escapes = "\\u001b[31mred\\n\\u202e";
    String other = "x".repeat(5_000);
    write("{\"mcpServers\":{\"%s\":{},\"%s\":{}}}".formatted(escapes, other));
    registry.look();
    assertThat(registry.services()).hasSize(2);
    assertThat(registry.services())
        .extracting(Service::name)
        .allMatch(name -> name.length() <= Service.NAME)
        .noneMatch(name -> name.chars().anyMatch(c -> c < ' ' || c == 0x202e));
  }

  /** Each time as if later, for the clock of files may be coarse. */
  private void write(String content) throws IOException {
    writes++;
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.fromMillis(writes * 10_000L));
  }
}

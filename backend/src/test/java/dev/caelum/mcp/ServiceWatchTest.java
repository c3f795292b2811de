package dev.caelum.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.caelum.service.Service;
import dev.caelum.service.ServiceState;
import dev.caelum.service.Tool;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Real servers on loopback, found and followed. */
class ServiceWatchTest {
  private static final Duration SOON = Duration.ofSeconds(5);
  private final List<Service> told = new CopyOnWriteArrayList<>();

  @Test
  void aServerIsFoundItsToolsCalledAndItsEndSeen() throws Exception {
    try (SdkServer server = new SdkServer(0);
        ServiceWatch watch = new ServiceWatch(Set.of(server.port()), told::add, () -> {})) {
      watch.start();
      int port = server.port();
      await().atMost(SOON).until(() -> state(watch, port) == ServiceState.READY);
      Service found = Objects.requireNonNull(watch.service(port));
      assertThat(found.name()).isEqualTo("sdk-server");
      assertThat(Objects.requireNonNull(found.spoken()).version()).isEqualTo("1.2.3");
      assertThat(found.spoken().transport()).isEqualTo("streamable-http");
      assertThat(found.spoken().tools().stream().map(Tool::name))
          .containsExactlyInAnyOrder("echo", "steps", "fail");

      assertThat(result(watch, port, "echo", "{\"text\":\"hello\"}")).contains("hello");
      assertThat(result(watch, port, "fail", "{}")).contains("it went wrong", "\"isError\":true");
      List<String> steps = new CopyOnWriteArrayList<>();
      watch
          .call(port, "steps", "{}", SOON, told -> steps.add(told.done() + "/" + told.total()))
          .result()
          .get();
      assertThat(steps).containsExactly("1.0/3.0", "2.0/3.0", "3.0/3.0");
      assertThatThrownBy(() -> result(watch, port, "nothing", "{}"))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(CallFailed.class)
          .hasMessageContaining("Unknown tool");

      server.stop();
      await().atMost(SOON).until(() -> state(watch, port) == ServiceState.DOWN);
      assertThatThrownBy(() -> watch.call(port, "echo", "{}", SOON, _ -> {}))
          .isInstanceOf(CallFailed.class)
          .hasMessageContainingAll("sdk-server", String.valueOf(port), "down since", "stopped");
      assertThat(told.stream().map(Service::state))
          .containsExactly(ServiceState.READY, ServiceState.DOWN);
    }
  }

  @Test
  void oneThatSaysNothingIsListeningWithoutAnAnswer() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ServiceWatch watch = new ServiceWatch(Set.of(silent.getLocalPort()), told::add, () -> {})) {
      watch.start();
      await()
          .atMost(Duration.ofSeconds(8))
          .until(() -> state(watch, silent.getLocalPort()) == ServiceState.LISTENING_NO_ANSWER);
    }
  }

  @Test
  void whatIsExpectedAndDoesNotListenIsDown() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (ServiceWatch watch = new ServiceWatch(Set.of(port), told::add, () -> {})) {
      watch.expect(port, "backups");
      assertThat(state(watch, port)).isEqualTo(ServiceState.DOWN);
      assertThat(Objects.requireNonNull(watch.service(port)).name()).isEqualTo("backups");
    }
  }

  private static @Nullable ServiceState state(ServiceWatch watch, int port) {
    Service service = watch.service(port);
    return service == null ? null : service.state();
  }

  private static String result(ServiceWatch watch, int port, String tool, String arguments)
      throws Exception {
    return watch.call(port, tool, arguments, SOON, _ -> {}).result().get();
  }
}

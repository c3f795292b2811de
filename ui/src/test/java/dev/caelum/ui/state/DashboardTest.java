package dev.caelum.ui.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.ui.client.Answer;
import dev.caelum.ui.client.Lately;
import dev.caelum.ui.client.LogLine;
import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.Task;
import dev.caelum.ui.client.TaskState;
import dev.caelum.ui.fake.FakeJson;
import dev.caelum.ui.fake.FakeNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shared model against a node on a real socket. */
final class DashboardTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private FakeNode node;
  private Dashboard dashboard;

  @BeforeEach
  void open() throws IOException {
    node = new FakeNode(0);
    dashboard = new Dashboard(http, node.address());
  }

  @AfterEach
  void close() {
    dashboard.close();
    node.close();
    http.shutdownNow();
  }

  @Test
  void theSnapshotIsShown() throws Exception {
    dashboard.start();
    await(view -> view.machines().size() == 1 && view.lostSince() == null);
    assertThat(dashboard.view().self()).map(Machine::hostname).contains("alpha");
  }

  @Test
  void changesFollowTheSnapshot() throws Exception {
    dashboard.start();
    await(ClusterView::known);
    var beta = FakeJson.machine("beta", "192.168.1.11", "alive", true).build();
    node.send("machine", FakeJson.changed(beta));
    await(view -> view.machines().size() == 2);
    node.send("machine_removed", "{\"key\":\"" + beta.getString("key") + "\"}");
    await(view -> view.machines().size() == 1);
  }

  @Test
  void aLostNodeIsToldAndFoundAgain() throws Exception {
    dashboard.start();
    await(ClusterView::known);
    int port = node.address().getPort();
    node.close();
    await(view -> view.lostSince() != null);
    assertThat(dashboard.view().machines()).as("what was last known stays").hasSize(1);
    node = new FakeNode(port);
    await(view -> view.lostSince() == null);
  }

  @Test
  void linesOfASecondSnapshotAreNotShownTwice() throws Exception {
    var first = FakeJson.line("info", "node", "first").build();
    var second = FakeJson.line("info", "node", "second").build();
    var idle = FakeJson.discovery("idle", 0, "");
    node.snapshot(FakeJson.snapshot(List.of(FakeJson.self()), idle, List.of(first)));
    dashboard.start();
    await(view -> view.log().size() == 1);
    node.send(
        "snapshot",
        FakeJson.snapshot(
            List.of(FakeJson.self()), FakeJson.discovery("idle", 0, ""), List.of(first, second)));
    await(view -> view.log().size() > 1);
    assertThat(dashboard.view().log()).extracting(LogLine::text).containsExactly("first", "second");
  }

  @Test
  void aBurstOfChangesIsToldInAFewTurns() throws Exception {
    AtomicInteger turns = new AtomicInteger();
    dashboard.start();
    await(ClusterView::known);
    Runnable stop = dashboard.watch(view -> turns.incrementAndGet());
    for (int i = 1; i <= 200; i++) {
      node.send(
          "machine",
          FakeJson.changed(FakeJson.machine("m" + i, "10.0.0." + i, "alive", true).build()));
    }
    await(view -> view.machines().size() == 201);
    stop.run();
    assertThat(turns).hasValueLessThan(50);
  }

  @Test
  void servicesAndPortsFollowTheirEvents() throws Exception {
    dashboard.start();
    await(ClusterView::known);
    tell("services", "{\"services\":[{\"key\":\"k\",\"name\":\"s\",\"state\":\"ready\"}]}");
    await(view -> view.services() != null && view.services().size() == 1);
    tell("services", "{\"services\":[]}");
    await(view -> view.services() != null && view.services().isEmpty());
    tell("ports", "{\"machines\":[{\"key\":\"k\",\"next_free\":8140}],\"conflicts\":[]}");
    await(view -> view.ports() != null && view.ports().machines().size() == 1);
  }

  /** The node answers and tells the same. */
  private void tell(String subject, String json) {
    node.answer("/" + subject, 200, json);
    node.send(subject, json);
  }

  @Test
  void theLastMinutesAreReadOnceForAnyNumberOfPages() throws Exception {
    node.answer(
        "/history/series",
        200,
        """
        {"from":"2026-11-23T12:00:00Z","step_s":15,
         "metrics":{"machines_online":{"mean":[3,null]}},"recorded":[]}\
        """);
    for (int i = 0; i < 20; i++) {
      dashboard.watch(view -> {});
    }
    dashboard.start();
    await(view -> view.known() && view.lately() != null);
    assertThat(dashboard.view().lately())
        .satisfies(lately -> assertThat(lately.online()).containsExactly(3.0, Double.NaN));
    for (int i = 1; i <= 5; i++) {
      var machine = FakeJson.machine("m" + i, "10.0.0." + i, "alive", true).build();
      int machines = i + 1;
      node.send("machine", FakeJson.changed(machine));
      await(view -> view.machines().size() == machines);
    }
    assertThat(node.asked("/api/v1/history/series")).isEqualTo(1);
  }

  @Test
  void thatTimeGoesByIsNoChange() {
    ClusterModel model = new ClusterModel(turned -> {}, wanted -> {});
    long before = model.view().revision();
    model.readLately(new Lately(true, List.of(1.0), List.of(0.0), null));
    assertThat(model.view().lately()).isNotNull();
    assertThat(model.view().revision()).isEqualTo(before);
  }

  @Test
  void tasksAreReadAnewWhenAMachineGoesAway() throws Exception {
    node.answer("/tasks", 200, tasks("alive"));
    dashboard.start();
    await(ClusterView::known);
    node.send(
        "machine", FakeJson.changed(FakeJson.machine("m", "10.0.0.1", "alive", true).build()));
    await(view -> view.machines().size() == 2 && held(view) && !doubtful(view));
    node.answer("/tasks", 200, tasks("dead"));
    node.send(
        "machine", FakeJson.changed(FakeJson.machine("m", "10.0.0.1", "dead", false).build()));
    await(DashboardTest::doubtful);
  }

  @Test
  void whatStillRunsStaysHoweverMuchIsOver() throws Exception {
    node.answer("/tasks", 200, tasks("alive"));
    dashboard.start();
    await(view -> view.known() && held(view));
    StringJoiner over = new StringJoiner(",", "{\"tasks\":[", "]}");
    for (int i = 1; i <= 1_500; i++) {
      over.add("{\"id\":\"%05d\",\"type\":\"echo\",\"state\":\"done\"}".formatted(i));
    }
    node.send("tasks", over.toString());
    await(view -> view.tasks() != null && view.tasks().tasks().size() == 1_000);
    assertThat(held(dashboard.view())).isTrue();
  }

  /** A page with one running task, whose machine is in this state. */
  private static String tasks(String machineState) {
    return "{\"tasks\":[{\"id\":\"00000\",\"type\":\"sleep\",\"state\":\"running\",\"machine\":\"m\","
        + "\"machine_state\":\""
        + machineState
        + "\"}],\"counts\":{\"running\":1}}";
  }

  private static boolean held(ClusterView view) {
    return view.tasks() != null
        && view.tasks().tasks().stream().anyMatch(task -> task.state() == TaskState.RUNNING);
  }

  private static boolean doubtful(ClusterView view) {
    return view.tasks() != null && view.tasks().tasks().stream().anyMatch(Task::machineLost);
  }

  @Test
  void commandsCarryTheCallersAddress() throws Exception {
    Answer answer = dashboard.commands().connect("10.1.2.3", "beta", 8082);
    FakeNode.Command command = node.command();
    assertThat(answer.success()).isTrue();
    assertThat(command.caller()).isEqualTo("10.1.2.3");
    assertThat(command.body()).isEqualTo("{\"host\":\"beta\",\"port\":8082}");
  }

  @Test
  void aRefusedConnectKeepsTheNodesWords() {
    node.connectAnswer(
        "{\"success\":false,\"code\":\"refused\",\"message\":\"nothing listens\",\"hint\":\"start\"}");
    Answer answer = dashboard.commands().connect("127.0.0.1", "beta", 8080);
    assertThat(answer).isEqualTo(new Answer(false, "refused", "nothing listens", "start"));
  }

  /** Waits for a publication that satisfies {@code wanted}. */
  private void await(Predicate<ClusterView> wanted) throws InterruptedException {
    CountDownLatch seen = new CountDownLatch(1);
    Runnable stop =
        dashboard.watch(view -> {
          if (wanted.test(view)) {
            seen.countDown();
          }
        });
    if (wanted.test(dashboard.view())) {
      seen.countDown();
    }
    assertThat(seen.await(30, TimeUnit.SECONDS)).as("the view: %s", dashboard.view()).isTrue();
    stop.run();
  }
}

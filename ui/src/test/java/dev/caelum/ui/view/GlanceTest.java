package dev.caelum.ui.view;

import static dev.caelum.ui.fake.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.BrowserlessTest;
import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.dom.Element;
import dev.caelum.ui.fake.FakeJson;
import dev.caelum.ui.fake.FakeMachines;
import dev.caelum.ui.fake.FakeNode;
import dev.caelum.ui.state.ClusterView;
import dev.caelum.ui.state.Dashboard;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The small map and the last minutes on Cluster Status. */
@ViewPackages(
    classes = {ClusterStatusView.class, HistoryView.class, MachinesView.class, TopologyView.class})
final class GlanceTest extends BrowserlessTest {
  private static final String SERIES = "/history/series";

  private final HttpClient http = HttpClient.newHttpClient();
  private final FakeNode node;
  private final Dashboard dashboard;

  /** Before the page is opened, which the super class does. */
  GlanceTest() throws IOException {
    node = new FakeNode(0);
    dashboard = new Dashboard(http, node.address());
    TestedApplication.shows(dashboard);
  }

  @AfterEach
  void close() {
    dashboard.close();
    node.close();
    http.shutdownNow();
  }

  @Test
  void aloneThereIsNoMap() {
    known(List.of(FakeJson.self()));
    assertThat(byId("small-map").isVisible()).isFalse();
  }

  @Test
  void theMapFollowsStatesAndLeavesRoundTripsAlone() {
    known(List.of(FakeJson.self(), beta("alive", 3.5)));
    assertThat(byId("small-map").isVisible()).isTrue();
    String first = drawing();
    assertThat(first).contains("beta, Connected, linked").doesNotContain("3.5", " ms");
    tell(beta("alive", 77), view -> Double.valueOf(77).equals(rtt(view)));
    shown(() -> assertThat(drawing()).isEqualTo(first));
    tell(beta("suspect", 77), view -> !view.machines().getLast().state().word().equals("alive"));
    shown(() -> assertThat(drawing()).contains("\"state\":\"suspect\""));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 100})
  void aThousandMachinesAreASmallDrawing(int perNetwork) {
    known(FakeMachines.many(1_000, perNetwork));
    // as a push carries it
    byte[] sent = Json.createValue(drawing()).toString().getBytes(StandardCharsets.UTF_8);
    assertThat(sent).hasSizeLessThan(5_000);
  }

  @Test
  void aMachineOnTheMapLeadsToItsPageAndABubbleToTheMap() {
    known(List.of(FakeJson.self(), beta("alive", 1)));
    press("m:caelum-beta@192.168.1.11:8080");
    assertThat(getCurrentView()).isInstanceOf(MachinesView.class);
    UI.getCurrent().navigate(ClusterStatusView.class);
    press("g:10.0.1.x");
    assertThat(getCurrentView()).isInstanceOf(TopologyView.class);
  }

  private void press(String id) {
    Topology map = (Topology) byId("topology");
    ComponentUtil.fireEvent(map, new Topology.Opened(map, true, id));
  }

  @Test
  void theLastMinutesAreToldInASentenceAndGapsStay() {
    node.answer(SERIES, 200, series(70, "3,null,4,4", "0,null,2,0"));
    known(List.of(FakeJson.self()));
    shown(() ->
        assertThat(attribute("lately-online", "aria-label"))
            .isEqualTo("Machines online in the last 15 minutes: 3 to 4, now 4"));
    assertThat(attribute("lately-online", "values")).isEqualTo("3,,4,4");
    assertThat(attribute("lately-running", "aria-label"))
        .isEqualTo("Tasks running in the last 15 minutes: 0 to 2, now 0");
    assertThat(byId("lately-note").isVisible()).isFalse();
  }

  @Test
  void whatIsNotKnownNowIsNoNumber() {
    node.answer(SERIES, 200, series(70, "3,null,null,null", "null,null,null,null"));
    known(List.of(FakeJson.self()));
    shown(() ->
        assertThat(attribute("lately-online", "aria-label"))
            .isEqualTo("Machines online in the last 15 minutes: 3, now –"));
    assertThat(attribute("lately-running", "aria-label"))
        .isEqualTo("Tasks running in the last 15 minutes: nothing measured");
    assertThat(text("lately-running")).contains("–").doesNotContain("0");
  }

  @Test
  void aYoungRecordSaysSinceWhenItGoes() {
    node.answer(SERIES, 200, series(3, "null,3,4,4", "0,0,0,0"));
    known(List.of(FakeJson.self()));
    shown(() -> assertThat(text("lately-note")).startsWith("Recording started 3 min ago"));
  }

  @Test
  void aNodeThatHasRecordedNothingYetSaysSo() {
    node.answer(SERIES, 404, "{\"code\":\"unknown_machine\"}");
    known(List.of(FakeJson.self()));
    shown(() -> assertThat(text("lately-note")).startsWith("Recording has just begun"));
    assertThat(attribute("lately-online", "aria-label")).endsWith("nothing measured");
  }

  @Test
  void aNodeWithoutHistorySaysWhatToSet() {
    node.answer(SERIES, 404, "{\"code\":\"no_history\"}");
    known(List.of(FakeJson.self()));
    shown(() -> assertThat(text("lately-note")).contains("--history-days 30"));
    assertThat(byId("lately-lines").isVisible()).isFalse();
  }

  /** As many steps of 15 s as given, the last of them now; recorded for so many minutes. */
  private static String series(int minutes, String online, String running) {
    int steps = online.split(",", -1).length;
    return """
    {"from":"2026-11-23T12:00:00Z","step_s":15,"metrics":{
      "machines_online":{"mean":[%s]},"tasks_running":{"mean":[%s]}},
     "recorded":[{"since":"%s","until":"2026-11-23T12:01:00Z"}]}\
    """
        .formatted(
            online,
            running,
            Instant.parse("2026-11-23T12:00:00Z")
                .plusSeconds(15L * steps)
                .minusSeconds(60L * minutes));
  }

  private static JsonObject beta(String state, double rtt) {
    return FakeJson.machine("beta", "192.168.1.11", state, true)
        .add("link", Json.createObjectBuilder().add("rtt_ms", rtt).add("since_seconds", 1))
        .build();
  }

  private static @Nullable Double rtt(ClusterView view) {
    return view.machines().getLast().rttMillis();
  }

  private void known(List<JsonObject> machines) {
    node.snapshot(FakeJson.snapshot(machines));
    dashboard.start();
    await().until(() -> dashboard.view().known());
    page().show(dashboard.view());
  }

  private void tell(JsonObject machine, Predicate<ClusterView> arrived) {
    node.send("machine", FakeJson.changed(machine));
    await().until(() -> arrived.test(dashboard.view()));
    page().show(dashboard.view());
  }

  /** What the node answers, and what must wait, is shown by a later publication. */
  private void shown(ThrowingRunnable wanted) {
    await()
        .pollInSameThread()
        .untilAsserted(() -> {
          page().show(dashboard.view());
          wanted.run();
        });
  }

  private ClusterStatusView page() {
    return find(ClusterStatusView.class).single();
  }

  private String drawing() {
    return byId("topology").getElement().getAttribute("drawing");
  }

  private String attribute(String testId, String name) {
    return all(byId(testId).getElement())
        .filter(element -> !element.isTextNode() && element.getTag().equals("caelum-sparkline"))
        .findFirst()
        .orElseThrow()
        .getAttribute(name);
  }

  private Component byId(String testId) {
    return all(page().getElement())
        .filter(element -> testId.equals(element.getAttribute("data-testid")))
        .findFirst()
        .flatMap(Element::getComponent)
        .orElseThrow(() -> new AssertionError("nothing has the test id " + testId));
  }

  private static Stream<Element> all(Element element) {
    return Stream.concat(Stream.of(element), element.getChildren().flatMap(GlanceTest::all));
  }

  private String text(String testId) {
    return byId(testId).getElement().getTextRecursively();
  }
}

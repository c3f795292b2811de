package dev.caelum.ui.view;

import static dev.caelum.ui.fake.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.BrowserlessTest;
import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.server.VaadinSession;
import dev.caelum.ui.client.Machine;
import dev.caelum.ui.fake.FakeJson;
import dev.caelum.ui.fake.FakeMachines;
import dev.caelum.ui.fake.FakeNode;
import dev.caelum.ui.state.Dashboard;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Topology, Events and the wall view as the server builds them. */
@ViewPackages(
    classes = {
      ClusterStatusView.class,
      MachinesView.class,
      TopologyView.class,
      EventsView.class,
      PastView.class,
      HistoryView.class,
      KioskView.class
    })
final class WallTest extends BrowserlessTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private final FakeNode node;
  private final Dashboard dashboard;

  /** Before the page is opened, which the super class does. */
  WallTest() throws IOException {
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
  void aloneTheMapSaysSo() {
    known(List.of(FakeJson.self()));
    navigate(TopologyView.class);
    assertThat(drawing()).contains("\"alone\":true").contains("Nobody connected yet");
  }

  @Test
  void theMapTellsMachinesLinksAndWaysByTheirWords() {
    known(
        List.of(
            FakeJson.self(),
            FakeJson.machine("beta", "192.168.1.11", "alive", true).build(),
            FakeJson.machine("far", "192.168.2.12", "alive", false).build(),
            FakeJson.machine("<script>hit()</script>", "192.168.2.13", "dead", false).build()));
    navigate(TopologyView.class);
    assertThat(drawing())
        .contains("\"said\":\"beta, Connected, linked, ")
        .contains("\"said\":\"far, Alive, known through the cluster")
        .contains("\"kind\":\"known\"")
        .contains("\"text\":\"192.168.2.x\"")
        .contains("\"alone\":false");
    assertThat(drawing())
        .contains("<script>hit()</…")
        .contains("\"said\":\"<script>hit()</script>");
  }

  @Test
  void theAddressKeepsWhatTheMapShows() {
    known(FakeMachines.many(70, 35));
    open("topology", "subnets=off&open=10.0.1.x&offline=off&as=map");
    assertThat(drawing()).contains("\"f:10.0.1.x\"").contains("\"g:10.0.0.x\"");
    assertThat(drawing()).contains("\"arcs\":[]");
    open("topology", "as=table");
    assertThat(byId("topology-table").isVisible()).isTrue();
  }

  @Test
  void theMapOfAMomentOfThePastIsShownWithIt() {
    known(List.of(FakeJson.self()));
    node.answer(
        "/history/at",
        200,
        "{\"time\":\"2026-11-23T03:12:00Z\",\"machines\":["
            + FakeJson.self()
            + ","
            + FakeJson.machine("beta", "192.168.1.11", "alive", true).build()
            + "]}");
    open("past", "time=30m");
    shown(() -> assertThat(drawing()).contains("beta, Connected"));
    assertThat(byId("topology").getElement().hasAttribute("readonly")).isTrue();
  }

  @Test
  void eventsAreListedAndPagedAndNewOnesAnnounced() {
    known(List.of(FakeJson.self()));
    node.answer(
        "/history/events",
        200,
        """
        {"events":[{"id":2,"time":"2026-11-23T03:12:00Z","level":"problem","category":"machine",
          "text":"beta is offline <b>","key":"caelum-beta"}],"before":2}\
        """);
    open("events", "level=problem");
    shown(() -> assertThat(text("event-list")).contains("beta is offline <b>", "Problem"));
    assertThat(byId("events-csv").getElement().getAttribute("href"))
        .isEqualTo("api/v1/history/events?limit=10000&format=csv&level=problem");
    node.answer(
        "/history/events",
        200,
        "{\"events\":[{\"id\":1,\"time\":\"2026-11-23T03:11:00Z\",\"text\":\"older\"}]}");
    test((Button) byId("events-older")).click();
    shown(() -> assertThat(text("event-list")).contains("beta is offline", "older"));
    assertThat(byId("events-older").isVisible()).isFalse();

    long revision = dashboard.view().revision();
    node.send("log", FakeJson.line("problem", "machine", "gamma is offline").build().toString());
    await().until(() -> dashboard.view().revision() > revision);
    find(EventsView.class).single().show(dashboard.view());
    assertThat(byId("events-fresh").isVisible()).isFalse();
    node.send(
        "log",
        FakeJson.line("problem", "machine", "gamma is offline")
            .add("time", "2026-11-24T00:00:00Z")
            .build()
            .toString());
    await().until(() -> dashboard.view().log().size() == 2);
    find(EventsView.class).single().show(dashboard.view());
    assertThat(text("events-fresh")).startsWith("1 new event.");
  }

  @Test
  void aNodeWithoutHistorySaysWhatToSet() {
    known(List.of(FakeJson.self()));
    node.answer(
        "/history/events", 404, "{\"code\":\"no_history\",\"detail\":\"keeps no history\"}");
    navigate(EventsView.class);
    shown(() -> assertThat(text("events-state")).contains("--history-days 30"));
  }

  @Test
  void whereNothingMatchesTheFilterCanBeCleared() {
    known(List.of(FakeJson.self()));
    node.answer("/history/events", 200, "{\"events\":[],\"before\":null}");
    open("events", "q=nothing");
    shown(() -> assertThat(text("events-state")).isEqualTo("No event matches this filter."));
  }

  @Test
  void problemsAreTheFirstTilesAndWhoLeftIsNone() {
    known(
        List.of(
            FakeJson.self(),
            FakeJson.machine("beta", "192.168.1.11", "alive", true).build(),
            FakeJson.machine("dora", "192.168.1.13", "dead", false).build(),
            FakeJson.machine("gone", "192.168.1.14", "left", false).build(),
            FakeJson.machine("zeta", "192.168.1.12", "suspect", true).build()));
    navigate(KioskView.class);
    List<Machine> order = KioskTiles.order(dashboard.view().own());
    assertThat(order)
        .extracting(Machine::hostname)
        .containsExactly("zeta", "dora", "alpha", "beta");
    assertThat(text("kiosk-tiles")).startsWith("zeta").doesNotContain("gone");
    assertThat(text("verdict")).contains("2 of 4 machines are connected.");
    assertThat(text("kiosk-suspect")).isEqualTo("1");
  }

  @Test
  void moreThanAWallHoldsIsCounted() {
    known(FakeMachines.many(230, 250));
    navigate(KioskView.class);
    assertThat(byId("kiosk-tiles").getElement().getChildCount()).isEqualTo(KioskTiles.MOST);
    assertThat(byId("kiosk-tiles").getElement().getAttribute("data-size")).isEqualTo("tiny");
    assertThat(text("kiosk-rest")).startsWith("31 more machines");
  }

  private static void open(String path, String query) {
    UI.getCurrent().navigate(path, QueryParameters.fromString(query));
  }

  private void known(List<JsonObject> machines) {
    node.snapshot(FakeJson.snapshot(machines));
    dashboard.start();
    await().until(() -> dashboard.view().known());
  }

  /** What the node answered arrives in a later turn of the page. */
  private void shown(ThrowingRunnable wanted) {
    await()
        .pollInSameThread()
        .untilAsserted(() -> {
          VaadinSession session = VaadinSession.getCurrent();
          session.unlock();
          session.lock();
          wanted.run();
        });
  }

  private String drawing() {
    return byId("topology").getElement().getAttribute("drawing");
  }

  private Component byId(String testId) {
    return all(getCurrentView().getElement())
        .filter(element -> testId.equals(element.getAttribute("data-testid")))
        .findFirst()
        .flatMap(Element::getComponent)
        .orElseThrow(() -> new AssertionError("nothing has the test id " + testId));
  }

  private static Stream<Element> all(Element element) {
    return Stream.concat(Stream.of(element), element.getChildren().flatMap(WallTest::all));
  }

  private String text(String testId) {
    return byId(testId).getElement().getTextRecursively();
  }
}

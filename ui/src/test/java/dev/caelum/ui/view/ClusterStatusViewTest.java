package dev.caelum.ui.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.BrowserlessTest;
import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.dom.Element;
import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.Why;
import dev.caelum.ui.fake.FakeJson;
import dev.caelum.ui.fake.FakeNode;
import dev.caelum.ui.state.Dashboard;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The page as the server builds it, from what a node on a real socket told. */
@ViewPackages(classes = ClusterStatusView.class)
final class ClusterStatusViewTest extends BrowserlessTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private final FakeNode node;
  private final Dashboard dashboard;

  /** Before the page is opened, which the super class does. */
  ClusterStatusViewTest() throws IOException {
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
  void anUnknownNodeShowsDashesNotZeros() {
    assertThat(text("counter-all")).isEqualTo("–");
    assertThat(text("verdict")).startsWith("This node is starting");
  }

  @Test
  void aloneTheFirstRunIsOffered() throws Exception {
    show(FakeJson.snapshot(List.of(FakeJson.self())));
    assertThat(text("verdict")).startsWith("This node is alone in its cluster.");
    assertThat(byId("first-run").isVisible()).isTrue();
    assertThat(text("first-run")).contains("announces itself every 15 s on UDP 8181");
    assertThat(byId("copy-start-command").getElement().getAttribute("data-copy"))
        .isEqualTo("./caelum beacon --known 192.168.1.10:8080");
  }

  @Test
  void problemsComeFirst() throws Exception {
    show(
        snapshot(
            FakeJson.self(),
            FakeJson.machine("beta", "192.168.1.11", "alive", true).build(),
            FakeJson.machine("zeta", "192.168.1.12", "suspect", true).build(),
            FakeJson.machine("dora", "192.168.1.13", "dead", false).build(),
            FakeJson.machine("lab", "192.168.1.14", "heard", false).add("foreign", true).build()));
    assertThat(rows("machines"))
        .extracting(Machine::hostname)
        .containsExactly("zeta", "alpha", "beta");
    assertThat(rows("attention")).extracting(Machine::hostname).containsExactly("dora", "lab");
    assertThat(text("verdict")).startsWith("2 of 4 machines are connected.").contains("zeta");
    assertThat(text("counter-all")).isEqualTo("4");
    assertThat(text("counter-suspect")).isEqualTo("1");
    assertThat(byId("first-run").isVisible()).isFalse();
  }

  @Test
  void ofSeveralInTheWorstStateOneIsNamedAndTheOthersAreCounted() throws Exception {
    show(
        snapshot(
            FakeJson.self(),
            FakeJson.machine("zeta", "192.168.1.12", "dead", false).build(),
            FakeJson.machine("dora", "192.168.1.13", "dead", false).build()));
    assertThat(text("verdict"))
        .startsWith("1 of 3 machines are connected.")
        .endsWith("1 more is in that state.");
  }

  @Test
  void aMachineThatIsKnownThroughOthersIsAliveAndNotCalledConnected() throws Exception {
    show(
        snapshot(
            FakeJson.self(),
            FakeJson.machine("beta", "192.168.1.11", "alive", true).build(),
            FakeJson.machine("far", "192.168.1.12", "alive", false)
                .add("summary", "alive, not linked: known through the cluster")
                .add("probes", Json.createObjectBuilder().add("asked", 8).add("lost", 2))
                .build()));
    assertThat(text("verdict"))
        .startsWith("All 3 machines are alive, 2 of them linked with this node.");
    assertThat(text("counter-connected")).isEqualTo("3");
    Machine far = rows("machines").get(2);
    assertThat(Words.state(far)).isEqualTo("Alive");
    assertThat(Words.rule(far))
        .isEqualTo(
            "Alive, not linked: known through the cluster. It answers this node, or others vouch for"
                + " it and nobody doubts it.");
    assertThat(Words.way(far)).isEqualTo("– · 25 %");
    assertThat(Marks.of(far)).extracting(Marks.Mark::word).containsExactly("not linked");
  }

  @Test
  void anOwnNetworkThatIsDownIsAnAlert() throws Exception {
    showAlone(
        FakeJson.node()
            .add("notes", notes("network_down", "6 of 7 machines fell silent at once.")));
    assertThat(text("notes")).isEqualTo("6 of 7 machines fell silent at once.");
    assertThat(byId("notes").getElement().getChild(0).getAttribute("role")).isEqualTo("alert");
  }

  @Test
  void whereNoInterfaceCarriesBeaconsThatIsSaidOnceAndNobodyIsSaidToBeAnnounced() throws Exception {
    showAlone(
        FakeJson.node()
            .add(
                "listeners",
                Json.createArrayBuilder()
                    .add(FakeJson.listener("cluster", "0.0.0.0:8080"))
                    .add(
                        FakeJson.listener("beacon", "0.0.0.0:8181 (UDP)")
                            .add("up", false)
                            .add("problem", "no interface carries beacons")))
            .add("notes", notes("no_interface", "No network interface carries beacons.")));
    assertThat(text("notes")).isEqualTo("No network interface carries beacons.");
    assertThat(text("first-run"))
        .contains("No announcement leaves this machine at present; the note above tells why.")
        .contains("listens on TCP 8080")
        .doesNotContain("announces itself");
  }

  @Test
  void whereNoBeaconLeavesNobodyIsSaidToBeAnnounced() throws Exception {
    showAlone(FakeJson.node().add("notes", notes("no_beacon_leaves", "No beacon leaves.")));
    assertThat(text("first-run")).doesNotContain("announces itself");
  }

  @Test
  void whyIsToldInTheWordsOfTheNode() {
    node.whyAnswer(
        """
        {"summary":"alive, linked","reasons":["It is linked."],
         "findings":[{"age_seconds":2.5,"code":"alive","text":"beta is alive again"}]}\
        """);
    Why why = dashboard.commands().why("127.0.0.1", "caelum-beta@[fe80::1]:8080");
    WhyDialog dialog = new WhyDialog("beta");
    dialog.show(why);
    assertThat(dialog.getElement().getTextRecursively())
        .contains("alive, linked", "It is linked.", "beta is alive again");
    dialog.show(null);
    assertThat(dialog.getElement().getTextRecursively()).contains("The node did not say");
  }

  @Test
  void aHostileNameStaysText() throws Exception {
    String name = "<img src=x onerror=alert(1)>";
    show(
        snapshot(FakeJson.self(), FakeJson.machine(name, "192.168.1.11", "suspect", true).build()));
    assertThat(text("verdict")).contains(name);
    assertThat(find(ClusterStatusView.class).single().getElement().getOuterHTML())
        .doesNotContain("<img src=x");
  }

  @Test
  void aRunningDiscoveryHasAProgressAndAStop() throws Exception {
    show(
        FakeJson.snapshot(
            List.of(FakeJson.self()),
            FakeJson.discovery("running", 48, "Step 2 of 3 · Listening for answers, 3 s left"),
            List.of()));
    Component bar = byId("discovery-progress");
    assertThat(((ProgressBar) bar).getValue()).isEqualTo(48);
    assertThat(bar.getElement().getAttribute("aria-valuetext")).startsWith("Step 2 of 3");
    assertThat(((Button) byId("discover")).getText()).isEqualTo("Stop");
  }

  @Test
  void everyFailedAttemptHasItsReason() throws Exception {
    show(
        FakeJson.snapshot(
            List.of(FakeJson.self()),
            FakeJson.discovery("done", 100, "Done")
                .add("verdict", "Done in 6.2 s: 1 answered.")
                .add(
                    "attempts",
                    Json.createArrayBuilder()
                        .add(
                            FakeJson.attempt("192.168.1.12:8080", false, false, "nothing listens")
                                .add("code", "refused")
                                .add("hint", "start it"))
                        .add(
                            FakeJson.attempt("192.168.1.99:8080", false, false, "no answer")
                                .add("method", "NETWORK_SCAN")
                                .add("code", "timeout"))),
            List.of()));
    assertThat(text("discovery-verdict")).isEqualTo("Done in 6.2 s: 1 answered.");
    assertThat(text("attempts")).contains("nothing listens").contains("start it");
    assertThat(text("attempts-rest")).isEqualTo("1 more address was tried without an answer.");
  }

  private static JsonArrayBuilder notes(String code, String text) {
    return Json.createArrayBuilder()
        .add(Json.createObjectBuilder().add("code", code).add("text", text));
  }

  /** Shows a machine that knows no other. */
  private void showAlone(JsonObjectBuilder self) throws InterruptedException {
    JsonObject alone = Json.createReader(new StringReader(snapshot(FakeJson.self()))).readObject();
    show(Json.createObjectBuilder(alone).add("node", self).build().toString());
  }

  private void show(String snapshot) throws InterruptedException {
    node.snapshot(snapshot);
    CountDownLatch shown = new CountDownLatch(1);
    dashboard.watch(view -> {
      if (view.known()) {
        shown.countDown();
      }
    });
    dashboard.start();
    assertThat(shown.await(30, TimeUnit.SECONDS)).isTrue();
    find(ClusterStatusView.class).single().show(dashboard.view());
  }

  private static String snapshot(JsonObject... machines) {
    return FakeJson.snapshot(Arrays.asList(machines));
  }

  private Component byId(String testId) {
    return all(find(ClusterStatusView.class).single().getElement())
        .filter(element -> testId.equals(element.getAttribute("data-testid")))
        .findFirst()
        .flatMap(Element::getComponent)
        .orElseThrow(() -> new AssertionError("nothing has the test id " + testId));
  }

  private static Stream<Element> all(Element element) {
    return Stream.concat(
        Stream.of(element), element.getChildren().flatMap(ClusterStatusViewTest::all));
  }

  private String text(String testId) {
    Component component = byId(testId);
    return component instanceof Span span
        ? span.getText()
        : component.getElement().getTextRecursively();
  }

  @SuppressWarnings("unchecked")
  private List<Machine> rows(String testId) {
    return ((Grid<Machine>) byId(testId)).getGenericDataView().getItems().toList();
  }
}

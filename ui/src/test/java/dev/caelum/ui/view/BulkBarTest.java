package dev.caelum.ui.view;

import static dev.caelum.ui.fake.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.BrowserlessTest;
import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.server.VaadinSession;
import dev.caelum.ui.client.Machine;
import dev.caelum.ui.fake.FakeJson;
import dev.caelum.ui.fake.FakeNode;
import dev.caelum.ui.state.Dashboard;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ticked machines and what is done with all of them, against a node on a socket. */
@ViewPackages(classes = MachinesView.class)
final class BulkBarTest extends BrowserlessTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private final FakeNode node;
  private final Dashboard dashboard;

  BulkBarTest() throws IOException {
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

  private void show(JsonObject... others) throws Exception {
    node.snapshot(
        FakeJson.snapshot(Stream.concat(Stream.of(FakeJson.self()), Stream.of(others)).toList()));
    CountDownLatch shown = new CountDownLatch(1);
    dashboard.watch(view -> {
      if (view.known()) {
        shown.countDown();
      }
    });
    dashboard.start();
    assertThat(shown.await(30, TimeUnit.SECONDS)).isTrue();
    navigate(MachinesView.class);
    find(MachinesView.class).single().show(dashboard.view());
  }

  private static JsonObject beta() {
    return FakeJson.machine("beta", "192.168.1.11", "alive", true)
        .add("tags", Json.createArrayBuilder().add("lab"))
        .build();
  }

  private static JsonObject dora() {
    return FakeJson.machine("dora", "192.168.1.13", "dead", false).build();
  }

  @Test
  void buttonsSayWithHowManyTheyDoIt() throws Exception {
    show(beta(), dora());
    assertThat(byId("bulk-bar").isVisible()).isFalse();
    tickAll();
    assertThat(byId("bulk-bar").isVisible()).isTrue();
    assertThat(text("bulk-count")).isEqualTo("3 machines are selected.");
    assertThat(button("bulk-test").getText()).isEqualTo("Test (2)");
    assertThat(button("bulk-forget").getText()).isEqualTo("Forget (1)");
    assertThat(button("bulk-tag").getText()).isEqualTo("Add a tag…");
    assertThat(button("bulk-unignore").isEnabled()).isFalse();
    test(button("bulk-clear")).click();
    assertThat(byId("bulk-bar").isVisible()).isFalse();
  }

  @Test
  void whatASearchHidesStaysTickedAndIsSaid() throws Exception {
    show(beta(), dora());
    tickAll();
    ((TextField) byId("machines-search")).setValue("beta");
    assertThat(text("bulk-count"))
        .isEqualTo("3 machines are selected, 2 of which the search hides.");
    assertThat(box().getValue()).isTrue();
  }

  @Test
  void oneIsTickedByItsBoxAndTheBoxAboveSaysSome() throws Exception {
    show(beta(), dora());
    tick("beta");
    assertThat(text("bulk-count")).isEqualTo("1 machine is selected.");
    Checkbox all = box();
    assertThat(all.getValue()).isFalse();
    assertThat(all.isIndeterminate()).isTrue();
  }

  @Test
  void ignoredAreAskedForOnceEachAndCanBeUndone() throws Exception {
    show(beta(), dora());
    tickAll();
    test(button("bulk-ignore")).click();
    assertThat(commands(2))
        .isEqualTo(
            Set.of(notes(beta()) + " {\"ignored\":true}", notes(dora()) + " {\"ignored\":true}"));
    ended("2 machines are ignored: they are not counted and ask for no attention.");
    test(byIdAnywhere("undo")).click();
    assertThat(commands(2))
        .isEqualTo(
            Set.of(notes(beta()) + " {\"ignored\":false}", notes(dora()) + " {\"ignored\":false}"));
    ended("Undone for 2 machines.");
  }

  @Test
  void aTagIsAddedToThoseWithoutItAndOthersStay() throws Exception {
    show(beta(), dora());
    tick("beta");
    test(button("bulk-tag")).click();
    TextField name = find(TextField.class).withCondition(this::asksForTag).single();
    name.setValue("a, b");
    test(byIdAnywhere("tag-save")).click();
    assertThat(name.isInvalid()).isTrue();
    name.setValue("gpu");
    test(byIdAnywhere("tag-save")).click();
    assertThat(command()).isEqualTo(notes(beta()) + " {\"tags\":[\"lab\",\"gpu\"]}");
    ended("1 machine has the tag now.");
  }

  private boolean asksForTag(TextField field) {
    return "tag-name".equals(field.getElement().getAttribute("data-testid"));
  }

  @Test
  void whatTheNodeRefusesIsListedWithItsWords() throws Exception {
    show(dora());
    node.answer("/forget", 409, "{\"code\":\"busy\",\"detail\":\"It is back.\"}");
    tick("dora");
    test(button("bulk-forget")).click();
    ended("No machine was forgotten.");
    assertThat(byId("bulk-bar").getElement().getTextRecursively()).contains("dora", "It is back.");
    assertThat(find(Button.class).withCondition(BulkBarTest::undoes).all()).isEmpty();
  }

  private static boolean undoes(Button button) {
    return "undo".equals(button.getElement().getAttribute("data-testid"));
  }

  @Test
  void aHundredAreAskedAndThoseGoneAreSelectedNoMore() throws Exception {
    JsonObject[] many =
        IntStream.range(0, 100)
            .mapToObj(i -> FakeJson.machine("m" + i, "192.168.2." + i, "dead", false).build())
            .toArray(JsonObject[]::new);
    show(many);
    tickAll();
    test(button("bulk-forget")).click();
    ended("100 machines and their addresses are forgotten.");
    assertThat(commands(100)).hasSize(100);
  }

  private static String notes(JsonObject machine) {
    String key = URLEncoder.encode(machine.getString("key"), StandardCharsets.UTF_8);
    return "PUT /api/v1/machines/" + key + "/notes";
  }

  private Set<String> commands(int count) throws InterruptedException {
    Set<String> commands = new HashSet<>();
    for (int i = 0; i < count; i++) {
      commands.add(command());
    }
    return commands;
  }

  private String command() throws InterruptedException {
    FakeNode.Command command = node.command();
    return command.method() + " " + command.path() + " " + command.body();
  }

  private void ended(String text) {
    await()
        .pollInSameThread()
        .untilAsserted(() -> {
          VaadinSession session = VaadinSession.getCurrent();
          session.unlock();
          session.lock();
          assertThat(text("bulk-ended")).isEqualTo(text);
        });
  }

  private void tickAll() {
    test(box()).click();
  }

  private void tick(String hostname) {
    @SuppressWarnings("unchecked") // the view made it
    Grid<Machine> grid = (Grid<Machine>) byId("all-machines");
    List<String> rows = grid.getListDataView().getItems().map(Machine::hostname).toList();
    test(grid)
        .invokeLitRendererFunction(
            rows.indexOf(hostname),
            0,
            "tick",
            tools.jackson.databind.node.JsonNodeFactory.instance.arrayNode().add(true));
  }

  private Checkbox box() {
    Grid<?> grid = (Grid<?>) byId("all-machines");
    return (Checkbox) grid.getColumns().getFirst().getHeaderComponent();
  }

  private Button button(String testId) {
    return (Button) byId(testId);
  }

  private Button byIdAnywhere(String testId) {
    return find(Button.class)
        .withCondition(button -> testId.equals(button.getElement().getAttribute("data-testid")))
        .single();
  }

  private String text(String testId) {
    return byId(testId).getElement().getTextRecursively();
  }

  private Component byId(String testId) {
    return all(find(MachinesView.class).single().getElement())
        .filter(element -> testId.equals(element.getAttribute("data-testid")))
        .findFirst()
        .flatMap(Element::getComponent)
        .orElseThrow(() -> new AssertionError("nothing has the test id " + testId));
  }

  private static Stream<Element> all(Element element) {
    return Stream.concat(Stream.of(element), element.getChildren().flatMap(BulkBarTest::all));
  }
}

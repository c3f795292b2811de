package dev.caelum.ui.view;

import static dev.caelum.ui.fake.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.BrowserlessTest;
import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.popover.Popover;
import dev.caelum.ui.fake.FakeJson;
import dev.caelum.ui.fake.FakeNode;
import dev.caelum.ui.state.Dashboard;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bell, from what a node on a real socket told. */
@ViewPackages(classes = ServersView.class)
final class InboxBellTest extends BrowserlessTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private final FakeNode node;
  private final Dashboard dashboard;

  /** Before the page is opened, which the super class does. */
  InboxBellTest() throws IOException {
    node = new FakeNode(0);
    node.snapshot(FakeJson.snapshot(List.of(FakeJson.self())));
    node.answer(
        "/notifications",
        200,
        "{\"notifications\":["
            + item("i-2", "12:00:02", "machine", "gamma is back.")
            + ","
            + item("i-1", "12:00:01", "task", "Task <b>echo</b> failed for good: x")
            + "]}");
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
  void whatTheNodeToldIsCountedOnceTheBrowserHasToldWhatWasRead() {
    InboxBell bell = bell(2);
    assertThat(unread(bell)).as("before the browser told").isEqualTo("none");
    bell.restored("");
    assertThat(unread(bell)).isEqualTo("2");
    bell.restored("1795435201000");
    assertThat(unread(bell)).as("read up to the first").isEqualTo("1");
    bell.restored("1795435201000 i-2");
    assertThat(unread(bell)).isEqualTo("none");
    bell.restored("<script> rubbish");
    assertThat(unread(bell)).isEqualTo("2");
  }

  @Test
  void anEventOfTheStreamIsNewAndTheSameOneTwiceIsOne() {
    InboxBell bell = bell(2);
    bell.restored("1795435202000");
    assertThat(unread(bell)).isEqualTo("none");
    String event = item("i-3", "12:00:03", "machine", "beta is offline.");
    node.send("notification", event);
    node.send("notification", event);
    await().until(() -> dashboard.view().inbox().size() == 3);
    bell.show(dashboard.view());
    assertThat(unread(bell)).isEqualTo("1");
  }

  @Test
  void theListIsShownWithLinksAndCanBeReadOneByOneOrAtOnce() {
    InboxBell bell = bell(2);
    bell.restored("");
    Popover popover =
        (Popover) bell.getChildren().filter(Popover.class::isInstance).findFirst().orElseThrow();
    popover.setOpened(true);
    bell.show(dashboard.view());
    List<InboxEntry> entries = find(InboxEntry.class, popover).all();
    assertThat(entries).hasSize(2);
    assertThat(entries.getFirst().getElement().getTextRecursively()).contains("gamma is back.");
    assertThat(entries.getFirst().getElement().getOuterHTML())
        .contains("machines?sel=caelum-gamma%40192.168.1.12%3A8080");
    assertThat(entries.getLast().getElement().getOuterHTML())
        .contains("href=\"tasks\"", "&lt;b&gt;echo")
        .doesNotContain("<b>");
    test(find(Button.class, entries.getFirst()).single()).click();
    assertThat(unread(bell)).isEqualTo("1");
    test(find(Button.class, popover).withText(Words.of("inbox.all")).single()).click();
    assertThat(unread(bell)).isEqualTo("none");
  }

  @Test
  void aProblemOfNoMachineLeadsToTheEventsOfItsLevel() {
    InboxBell bell = bell(2);
    node.send(
        "notification",
        item("i-3", "12:00:03", "problem", "No room is left.").replaceFirst("\\[.*]", "[]"));
    await().until(() -> dashboard.view().inbox().size() == 3);
    Popover popover =
        (Popover) bell.getChildren().filter(Popover.class::isInstance).findFirst().orElseThrow();
    popover.setOpened(true);
    bell.show(dashboard.view());
    assertThat(find(InboxEntry.class, popover).all())
        .extracting(entry -> entry.getElement().getOuterHTML())
        .anySatisfy(
            html -> assertThat(html).contains("No room is left.", "href=\"events?level=problem\""));
  }

  private InboxBell bell(int items) {
    dashboard.start();
    await().until(() -> dashboard.view().inbox().size() == items);
    InboxBell bell = find(InboxBell.class).single();
    bell.show(dashboard.view());
    return bell;
  }

  private static String unread(InboxBell bell) {
    return bell.getChildren()
        .filter(each -> "inbox-unread".equals(each.getElement().getAttribute("data-testid")))
        .map(each -> each.isVisible() ? each.getElement().getText() : "none")
        .findFirst()
        .orElseThrow();
  }

  private static String item(String id, String time, String kind, String text) {
    return """
    {"id":"%s","time":"2026-11-23T%sZ","kind":"%s","level":"problem","code":"c","text":"%s",\
    "machines":["caelum-gamma@192.168.1.12:8080"],"count":1}\
    """
        .formatted(id, time, kind, text);
  }
}

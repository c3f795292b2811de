package dev.caelum.ui.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.BrowserlessTest;
import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.router.QueryParameters;
import dev.caelum.ui.fake.FakeNode;
import dev.caelum.ui.state.Dashboard;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which part of the past the charts show. */
@ViewPackages(classes = HistoryView.class)
final class HistoryViewTest extends BrowserlessTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private final FakeNode node;
  private final Dashboard dashboard;

  /** Before the page is opened, which the super class does. */
  HistoryViewTest() throws IOException {
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
  void theAddressTellsTheEndOfTheRange() {
    open("range=360m&until=2026-11-20T10:00:00Z");
    assertThat(charts().getAttribute("until")).isEqualTo("2026-11-20T10:00:00Z");
    assertThat(charts().getAttribute("range")).isEqualTo("21600");
    assertThat(byId("history-csv").getAttribute("href"))
        .endsWith("&from=2026-11-20T04:00:00Z&until=2026-11-20T10:00:00Z");
    assertThat(until().getValue()).isEqualTo(LocalDateTime.parse("2026-11-20T10:00:00"));
  }

  @Test
  void withoutAnEndTheRangeEndsNow() {
    open("range=360m&until=yesterday");
    assertThat(charts().hasAttribute("until")).isFalse();
    assertThat(byId("history-csv").getAttribute("href")).endsWith("&from=360m");
    assertThat(button("later").isEnabled()).isFalse();
  }

  @Test
  void earlierAndLaterGoByTheRange() {
    open("range=60m&until=2026-11-20T10:00:00Z");
    test(button("earlier")).click();
    assertThat(charts().getAttribute("until")).isEqualTo("2026-11-20T09:00:00Z");
    test(button("later")).click();
    test(button("later")).click();
    assertThat(charts().getAttribute("until")).isEqualTo("2026-11-20T11:00:00Z");
  }

  @Test
  void laterThanNowIsNow() {
    Instant recent = Instant.now().minus(Duration.ofMinutes(20)).truncatedTo(ChronoUnit.MINUTES);
    open("range=60m&until=" + recent);
    test(button("later")).click();
    assertThat(charts().hasAttribute("until")).isFalse();
    assertThat(until().getValue()).isNull();
    test(button("earlier")).click();
    assertThat(Instant.parse(charts().getAttribute("until")))
        .isBetween(Instant.now().minus(Duration.ofMinutes(63)), Instant.now());
  }

  @Test
  void aMomentThatIsChosenEndsTheRange() {
    open("range=60m");
    until().setValue(LocalDateTime.parse("2026-11-19T08:30:00"));
    assertThat(charts().getAttribute("until")).isEqualTo("2026-11-19T08:30:00Z");
    until().setValue(LocalDateTime.now(ZoneOffset.UTC).plusYears(1));
    assertThat(charts().hasAttribute("until")).as("the future").isFalse();
    assertThat(until().getValue()).isNull();
  }

  private void open(String query) {
    UI.getCurrent().navigate("history", QueryParameters.fromString(query));
    runPendingSignalsTasks();
  }

  private Element charts() {
    return byId("history-charts");
  }

  private DateTimePicker until() {
    return find(DateTimePicker.class).single();
  }

  private Button button(String word) {
    return (Button) byId("history-" + word).getComponent().orElseThrow();
  }

  private Element byId(String testId) {
    return all(getCurrentView().getElement())
        .filter(element -> testId.equals(element.getAttribute("data-testid")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing has the test id " + testId));
  }

  private static Stream<Element> all(Element element) {
    return Stream.concat(Stream.of(element), element.getChildren().flatMap(HistoryViewTest::all));
  }
}

package dev.caelum.ui.view;

import static dev.caelum.ui.fake.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.BrowserlessTest;
import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.server.VaadinSession;
import dev.caelum.ui.fake.FakeJson;
import dev.caelum.ui.fake.FakeNode;
import dev.caelum.ui.state.Dashboard;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reservations and analyses below the tasks, against a node on a socket. */
@ViewPackages(classes = TasksView.class)
final class WorkCardsTest extends BrowserlessTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private final FakeNode node;
  private final Dashboard dashboard;

  WorkCardsTest() throws IOException {
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

  private void open(String reservations, String sessions) {
    node.snapshot(FakeJson.snapshot(List.of(FakeJson.self())));
    node.answer(
        "/resources",
        200,
        "{\"capacity\":{\"cores\":8,\"memory_gib\":16,\"gpus\":0},"
            + "\"free\":{\"cores\":5.5,\"memory_gib\":12,\"gpus\":0},\"running\":1,"
            + "\"reservations\":["
            + reservations
            + "]}");
    node.answer("/analysis/sessions", 200, "{\"active_sessions\":[" + sessions + "]}");
    dashboard.start();
    navigate(TasksView.class);
    awaitText("reservations", "5.5 cores, 12 GiB of memory, of 8 cores, 16 GiB of memory");
  }

  @Test
  void nothingReservedAndNothingAnalysedIsSaid() {
    open("", "");
    assertThat(text("reservations")).contains("Nothing is reserved.");
    assertThat(text("analyses")).contains("No code was analysed yet.");
  }

  @Test
  void aReservationIsReleasedAfterAQuestion() throws Exception {
    open(
        "{\"id\":\"r-1\",\"owner\":\"build\",\"resources\":{\"cores\":2,\"memory_gib\":4},"
            + "\"ends_at\":\"2026-03-01T10:00:00Z\"}",
        "");
    assertThat(text("reservations")).contains("build", "2 cores, 4 GiB of memory", "until");
    test(button("reservation-release")).click();
    ConfirmDialog asked = find(ConfirmDialog.class).single();
    test(asked).confirm();
    FakeNode.Command command = node.command();
    assertThat(command.method() + " " + command.path())
        .isEqualTo("DELETE /api/v1/resources/reservations/r-1");
  }

  @Test
  void anAnalysisTellsHowFarItIsOnWhichMachines() throws Exception {
    open("", analysis("running"));
    assertThat(text("analyses"))
        .contains("Running", "/srv/code", "3 of 7 chunks", "beta: 2 done, 1 running", "The end.");
    test(button("analysis-cancel")).click();
    FakeNode.Command command = node.command();
    assertThat(command.method() + " " + command.path())
        .isEqualTo("POST /api/v1/analysis/a-1/cancel");
    node.answer("/analysis/sessions", 200, "{\"active_sessions\":[" + analysis("done") + "]}");
    awaitText("analyses", "Done");
    assertThat(find(Button.class).withCondition(each -> is(each, "analysis-cancel")).all())
        .isEmpty();
  }

  private static String analysis(String status) {
    return "{\"session_id\":\"a-1\",\"status\":\""
        + status
        + "\",\"source_path\":\"/srv/code\",\"completion_percentage\":50,\"chunks_total\":7,"
        + "\"chunks_completed\":3,\"chunks_by_machine\":[{\"machine\":\"beta\",\"done\":2,"
        + "\"running\":1}],\"start_time\":\"2026-03-01T10:00:00Z\",\"problems\":[\"The end.\"]}";
  }

  private void awaitText(String testId, String text) {
    await()
        .pollInSameThread()
        .ignoreExceptions()
        .untilAsserted(() -> {
          VaadinSession session = VaadinSession.getCurrent();
          session.unlock();
          session.lock();
          find(TasksView.class).single().show(dashboard.view());
          assertThat(text(testId)).contains(text);
        });
  }

  private String text(String testId) {
    return find(Section.class)
        .withCondition(each -> is(each, testId))
        .single()
        .getElement()
        .getTextRecursively();
  }

  private Button button(String testId) {
    return find(Button.class).withCondition(each -> is(each, testId)).single();
  }

  private static boolean is(Component each, String testId) {
    return testId.equals(each.getElement().getAttribute("data-testid"));
  }
}

package dev.caelum.ui.view;

import static dev.caelum.ui.fake.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.BrowserlessTest;
import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.server.VaadinSession;
import dev.caelum.ui.fake.FakeNode;
import dev.caelum.ui.state.Dashboard;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The page of settings as the server builds it, from what a node on a real socket answered. */
@ViewPackages(classes = {SettingsView.class, ServersView.class})
final class SettingsViewTest extends BrowserlessTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private final FakeNode node;
  private final Dashboard dashboard;

  /** Before the page is opened, which the super class does. */
  SettingsViewTest() throws IOException {
    node = new FakeNode(0);
    node.answer("/settings", 200, settings(true, ""));
    node.answer("/about", 200, about());
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
  void everySettingIsAFieldOfItsGroupWithItsSourceAndWhenItTakesEffect() {
    open();
    assertThat(text("group-cluster")).contains("Cluster and network", "Default", "needs a restart");
    assertThat(text("row-port")).contains("Given by option --port");
    assertThat(((TextField) field("setting-port")).isReadOnly()).isTrue();
    assertThat(text("row-history-days")).doesNotContain("needs a restart");
    assertThat(text("pending-beacon-port")).isEqualTo("Until the restart: 8181");
    assertThat(text("settings-restart")).contains("Beacon port");
    assertThat(((TextField) field("setting-beacon-port")).getValue()).isEqualTo("8282");
    assertThat(((PasswordField) field("setting-webhook-secret")).getValue()).isEmpty();
    assertThat(find("settings-read-only")).get().matches(each -> !each.isVisible());
    await()
        .pollInSameThread()
        .untilAsserted(() -> {
          answers();
          assertThat(text("about")).contains("1.2.3", "/var/lib/caelum", "1 libraries");
        });
  }

  @Test
  void whatIsTypedIsSavedAndNothingElse() throws Exception {
    open();
    assertThat(field("save-bar").isVisible()).isFalse();
    ((TextField) field("setting-known")).setValue("beta");
    assertThat(text("settings-dirty")).isEqualTo("1 change is not saved");
    ((TextField) field("setting-known")).setValue("");
    assertThat(field("save-bar").isVisible()).isFalse();
    ((TextField) field("setting-known")).setValue("beta, gamma:9000");
    test((Button) field("settings-save")).click();
    FakeNode.Command saved = node.command();
    assertThat(saved.method() + " " + saved.path()).isEqualTo("PUT /api/v1/settings");
    assertThat(saved.body()).isEqualTo("{\"settings\":{\"known\":\"beta, gamma:9000\"}}");
    await()
        .pollInSameThread()
        .untilAsserted(() -> {
          answers();
          assertThat(field("save-bar").isVisible()).isFalse();
        });
  }

  @Test
  void aChangeIsTakenBackAsNull() throws Exception {
    open();
    test((Button) field("back-beacon-port")).click();
    assertThat(((TextField) field("setting-beacon-port")).getValue()).isEqualTo("8181");
    test((Button) field("settings-save")).click();
    assertThat(node.command().body()).isEqualTo("{\"settings\":{\"beacon-port\":null}}");
  }

  @Test
  void whatTheNodeRefusesIsSaidInItsField() {
    open();
    node.answer(
        "/settings",
        400,
        "{\"code\":\"bad_settings\",\"detail\":\"Nothing was changed.\","
            + "\"fields\":{\"beacon-port\":\"Port 70000 is not possible; use 1024-65535.\"}}");
    TextField port = (TextField) field("setting-beacon-port");
    port.setValue("70000");
    test((Button) field("settings-save")).click();
    await()
        .pollInSameThread()
        .untilAsserted(() -> {
          answers();
          assertThat(port.isInvalid()).isTrue();
        });
    assertThat(port.getErrorMessage()).isEqualTo("Port 70000 is not possible; use 1024-65535.");
    assertThat(field("save-bar").isVisible()).isTrue();
    test((Button) field("settings-discard")).click();
    assertThat(((TextField) field("setting-beacon-port")).getValue()).isEqualTo("8282");
  }

  @Test
  void leavingWithUnsavedChangesAsksFirst() {
    open();
    ((TextField) field("setting-known")).setValue("beta");
    UI.getCurrent().navigate(ServersView.class);
    ConfirmDialog asked = find(ConfirmDialog.class).single();
    assertThat(asked.isOpened()).isTrue();
    assertThat(((TextField) field("setting-known")).getValue()).isEqualTo("beta");
  }

  @Test
  void theWebhookIsTestedAndTheAnswerShown() {
    open();
    node.answer(
        "/webhook/test",
        200,
        "{\"success\":false,\"message\":\"The receiver did not take the test: HTTP 500\"}");
    test((Button) field("webhook-test")).click();
    await()
        .pollInSameThread()
        .untilAsserted(() -> {
          answers();
          assertThat(text("webhook-tested")).endsWith("HTTP 500");
        });
  }

  @Test
  void visitorsFromElsewhereReadOnly() {
    node.answer("/settings", 200, settings(false, ""));
    open();
    assertThat(text("settings-read-only")).contains("Only visitors on the machine of the node");
    assertThat(((TextField) field("setting-known")).isReadOnly()).isTrue();
    assertThat(((Button) field("webhook-test")).isEnabled()).isFalse();
    assertThat(find("back-beacon-port")).isEmpty();
  }

  private void open() {
    navigate(SettingsView.class);
    await()
        .pollInSameThread()
        .untilAsserted(() -> {
          answers();
          assertThat(find("setting-known")).isPresent();
        });
  }

  /** Lets what the node answered reach the page, which waits for its turn. */
  private static void answers() {
    VaadinSession session = VaadinSession.getCurrent();
    session.unlock();
    session.lock();
  }

  private static String settings(boolean editable, String known) {
    JsonArrayBuilder all =
        Json.createArrayBuilder()
            .add(setting("port", "cluster", "port", "8080").add("fixed", "Given by option --port"))
            .add(
                setting("beacon-port", "cluster", "port", "8181")
                    .add("pending", "8282")
                    .add("source", "changed")
                    .add("default", "8181"))
            .add(setting("known", "cluster", "list", known).add("restart", false))
            .add(setting("history-days", "history", "number", "").add("restart", false))
            .add(setting("webhook-url", "notifications", "text", "").add("restart", false))
            .add(setting("webhook-secret", "notifications", "secret", "(set)"))
            .add(setting("verbose", "node", "flag", "false"))
            .add(
                setting("log-format", "node", "choice", "text")
                    .add("choices", Json.createArrayBuilder().add("text").add("json")));
    return Json.createObjectBuilder()
        .add("editable", editable)
        .add("settings", all)
        .build()
        .toString();
  }

  private static JsonObjectBuilder setting(String key, String group, String type, String value) {
    return Json.createObjectBuilder()
        .add("key", key)
        .add("group", group)
        .add("type", type)
        .add("value", value)
        .add("source", "default")
        .add("restart", true)
        .add("default", "");
  }

  private static String about() {
    return """
    {"version":"1.2.3","licence":"Apache-2.0","java":"25","java_vendor":"x","system":"Linux",
     "pid":7,"started_at":"2026-11-23T10:00:00Z","data_folder":"/var/lib/caelum",
     "data_free_bytes":5000000,
     "libraries":[{"name":"picocli","version":"4","licence":"Apache-2.0"}]}
    """;
  }

  private Component field(String testId) {
    return find(testId).orElseThrow(() -> new AssertionError("nothing has the id " + testId));
  }

  private Optional<Component> find(String testId) {
    return all(getCurrentView().getElement())
        .filter(element -> testId.equals(element.getAttribute("data-testid")))
        .findFirst()
        .flatMap(Element::getComponent);
  }

  private static Stream<Element> all(Element element) {
    return Stream.concat(Stream.of(element), element.getChildren().flatMap(SettingsViewTest::all));
  }

  private String text(String testId) {
    return field(testId).getElement().getTextRecursively();
  }
}

package dev.caelum.e2e.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.caelum.e2e.lan.Host;
import dev.caelum.e2e.lan.InLab;
import dev.caelum.e2e.lan.Lab;
import dev.caelum.e2e.lan.NodeProcess;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Settings that are changed while the node runs, and who is told of what happens. */
@InLab
@ExtendWith(BrowserExtension.class)
class SettingsIT {
  @Test
  @DisplayName("Settings are changed in the page; a death is told by the bell and by the webhook")
  void settingsAndNotifications(Lab lab, Browser browser) throws Exception {
    List<String> posted = new CopyOnWriteArrayList<>();
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    Host host = lab.host();
    NodeProcess other = NodeProcess.start(host);
    try (DashboardProcess dashboard = DashboardProcess.start(lab)) {
      WorkPage page = WorkPage.open(browser, dashboard, "settings");
      page.awaitText("about", "Apache-2.0");
      type(browser, page, "setting-history-days", "7");
      page.awaitText("settings-dirty", "1 change is not saved");
      page.press("settings-save");
      page.awaitText("row-history-days", "Changed here");
      assertThat(Files.readString(lab.folder().resolve("dashboard-data/settings.properties")))
          .contains("history-days=7");

      type(browser, page, "setting-ui-port", "0");
      page.press("settings-save");
      page.awaitText("row-ui-port", "Port 80900 is not possible; use 0 (any free) or 1024-65535.");
      assertThat(browser.accessibilityFaults()).as("with a mistake").isEmpty();
      browser.click("vaadin-side-nav-item[path=servers]");
      browser.await(
          "the question",
          "return document.querySelector('vaadin-confirm-dialog')?.textContent"
              + ".includes('1 change is not saved and will be lost.')");
      browser.click("vaadin-confirm-dialog vaadin-button[slot=cancel-button]");
      page.press("settings-discard");
      page.awaitGone("save-bar");

      type(browser, page, "setting-task-slots", "2");
      type(
          browser,
          page,
          "setting-webhook-url",
          "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook");
      type(browser, page, "setting-webhook-secret", "0123456789abcdef");
      page.press("settings-save");
      page.awaitText("row-webhook-url", "Changed here");
      page.awaitText("pending-task-slots", "Until the restart: 0");
      page.awaitText("settings-restart", "Tasks at once");
      page.press("webhook-test");
      page.awaitText("webhook-tested", "The receiver took the test in ");
      assertThat(posted).singleElement().asString().contains("\"code\":\"test\"");

      page.awaitGone("inbox-unread");
      other.kill();
      page.awaitText("inbox-unread", "1");
      page.press("inbox");
      page.awaitText("inbox-list", host.name() + " is offline.");
      assertThat(browser.accessibilityFaults()).as("with the list").isEmpty();
      page.press("inbox-read-all");
      page.awaitGone("inbox-unread");
      assertThat(posted).last().asString().contains("\"code\":\"machine_dead\"");
      WorkPage.open(browser, dashboard, "settings");
      page.awaitText("row-webhook-secret", "Changed here");
      page.awaitGone("inbox-unread");
      assertThat(browser.complaints()).isEmpty();
    } finally {
      receiver.stop(0);
    }
  }

  /** Types into a field wherever on the long page it is. */
  private static void type(Browser browser, WorkPage page, String testId, String text) {
    browser.await(
        testId,
        "const input = document.querySelector(`[data-testid=\"${arguments[0]}\"] > input`);"
            + "input?.scrollIntoView({ block: 'center' });"
            + "return input?.offsetHeight > 0",
        testId);
    page.type(testId, text);
  }
}

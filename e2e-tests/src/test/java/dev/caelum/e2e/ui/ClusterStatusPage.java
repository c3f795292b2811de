package dev.caelum.e2e.ui;

import java.time.Duration;
import java.util.List;
import org.openqa.selenium.Keys;
import org.openqa.selenium.TimeoutException;

/** Cluster Status as a visitor uses it. */
final class ClusterStatusPage {
  /** Finds one row of a table by a part of its text; hidden columns hold no text. */
  private static final String ROW =
      """
      const table = document.querySelector(`[data-testid="${arguments[0]}"]`);
      const name = [...(table?.querySelectorAll('[data-testid=name]') ?? [])]
        .find((each) => each.offsetParent && each.textContent === arguments[1]);
      """;

  private final Browser browser;

  ClusterStatusPage(Browser browser) {
    this.browser = browser;
  }

  /** Opens the page and waits until it is live. */
  static ClusterStatusPage open(Browser browser, DashboardProcess dashboard) {
    ClusterStatusPage page = new ClusterStatusPage(browser);
    browser.open(dashboard.uri().toString());
    try {
      page.awaitLive(Duration.ofSeconds(15));
    } catch (TimeoutException halfLoaded) {
      // Chromium gives up loads while the lab's interfaces get their addresses.
      browser.open(dashboard.uri().toString());
      page.awaitLive(Duration.ofSeconds(30));
    }
    return page;
  }

  /** Waits until the page says that it is live and shows a node. */
  void awaitLive(Duration limit) {
    browser.await(
        "a live page",
        limit,
        "const d = document.documentElement.dataset; const n = document.querySelector("
            + "'[data-testid=counter-all]'); return d.live === 'ok' && Number(d.rev) > 0"
            + " && n !== null && n.textContent !== '–'");
  }

  /** Waits until the part with {@code testId} shows {@code text}. */
  void awaitText(String testId, String text) {
    browser.await(
        testId + " to show: " + text,
        "const e = document.querySelector(`[data-testid=\"${arguments[0]}\"]`);"
            + "return e !== null && e.checkVisibility() && e.textContent.includes(arguments[1])",
        testId,
        text);
  }

  String text(String testId) {
    return browser.find("[data-testid=" + testId + "]").getText();
  }

  boolean shows(String testId) {
    return browser.ask(
        Boolean.class,
        "const e = document.querySelector(`[data-testid=\"${arguments[0]}\"]`);"
            + "return e !== null && e.checkVisibility()",
        testId);
  }

  void press(String testId) {
    browser.click("[data-testid=" + testId + "]");
  }

  /** Waits until the table has a row of the machine called {@code hostname}. */
  void awaitRow(String table, String hostname) {
    browser.await(hostname + " in " + table, ROW + "return name !== undefined;", table, hostname);
  }

  /** Waits until the table has no row of the machine called {@code hostname}. */
  void awaitNoRow(String table, String hostname) {
    browser.await(
        "no " + hostname + " in " + table, ROW + "return name === undefined;", table, hostname);
  }

  /** The names in a table, from top to bottom as the screen shows them. */
  @SuppressWarnings("unchecked")
  List<String> names(String table) {
    return browser.ask(
        List.class,
        "return [...document.querySelectorAll("
            + "`[data-testid=\"${arguments[0]}\"] [data-testid=name]`)]"
            + ".filter((e) => e.offsetParent).sort((a, b) => a.getBoundingClientRect().top"
            + " - b.getBoundingClientRect().top).map((e) => e.textContent)",
        table);
  }

  /** Types an address into the open dialog and presses Enter. */
  void connectTo(String address) {
    press("connect-open");
    var field = browser.find("[data-testid=connect-target] input");
    field.sendKeys(address);
    field.sendKeys(Keys.ENTER);
  }
}

package dev.caelum.e2e.ui;

import java.time.Duration;
import org.openqa.selenium.Keys;

/** Tasks, MCP Servers and Ports as a visitor uses them. */
final class WorkPage {
  private static final Duration LOAD = Duration.ofSeconds(30);

  /** The first row of a table whose text holds all of the given words. */
  private static final String ROW =
      """
      const [table, ...words] = arguments;
      const cells = [...document.querySelectorAll(`[data-testid="${table}"] [data-testid$=state]`)]
        .filter((each) => each.offsetParent && each.textContent === words[0]);
      return cells.some((cell) => {
        const top = cell.getBoundingClientRect().top;
        return words.slice(1).every((word) =>
          [...document.querySelectorAll(`[data-testid="${table}"] vaadin-grid-cell-content`)]
            .some((each) => each.offsetParent && each.textContent.includes(word)
              && each.getBoundingClientRect().top <= top
              && each.getBoundingClientRect().bottom >= top));
      });
      """;

  private final Browser browser;

  private WorkPage(Browser browser) {
    this.browser = browser;
  }

  /** Opens {@code view} and waits until it is live. */
  static WorkPage open(Browser browser, DashboardProcess dashboard, String view) {
    browser.open(dashboard.uri() + view);
    browser.await(
        "a live page",
        LOAD,
        "const d = document.documentElement.dataset; return d.live === 'ok' && Number(d.rev) > 0"
            + " && document.querySelector('#content h1') !== null");
    return new WorkPage(browser);
  }

  void press(String testId) {
    browser.click("[data-testid=" + testId + "]");
  }

  /** Waits until the part with {@code testId} shows {@code text}. */
  void awaitText(String testId, String text) {
    browser.await(
        testId + " to show: " + text,
        "return [...document.querySelectorAll(`[data-testid=\"${arguments[0]}\"]`)]"
            + ".some((e) => e.checkVisibility() && e.textContent.includes(arguments[1]))",
        testId,
        text);
  }

  /** Waits until the table has a row in {@code state} that shows {@code words}. */
  void awaitRow(String table, String state, String... words) {
    Object[] arguments = new Object[words.length + 2];
    arguments[0] = table;
    arguments[1] = state;
    System.arraycopy(words, 0, arguments, 2, words.length);
    browser.await(String.join(" ", words) + " to be " + state, ROW, arguments);
  }

  /** Waits until no part with {@code testId} is on the screen. */
  void awaitGone(String testId) {
    browser.await(
        testId + " to be gone",
        "return ![...document.querySelectorAll(`[data-testid=\"${arguments[0]}\"]`)]"
            + ".some((e) => e.checkVisibility())",
        testId);
  }

  /** Opens the dialog of the first task in {@code state}. */
  void openTask(String state) {
    browser.click("[data-testid=task-state][data-state=" + state + "]");
    browser.find("[data-testid=task-timeline] li");
  }

  /** Types into the field with {@code testId} and presses Enter. */
  void type(String testId, String text) {
    var field = browser.find("[data-testid=" + testId + "] > input");
    field.sendKeys(text);
    field.sendKeys(Keys.ENTER);
  }

  boolean enabled(String testId) {
    browser.find("[data-testid=" + testId + "]");
    return browser.ask(
        Boolean.class,
        "return !document.querySelector(`[data-testid=\"${arguments[0]}\"]`).disabled",
        testId);
  }
}

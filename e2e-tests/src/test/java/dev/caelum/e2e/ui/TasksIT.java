package dev.caelum.e2e.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.e2e.lan.Host;
import dev.caelum.e2e.lan.InLab;
import dev.caelum.e2e.lan.Lab;
import dev.caelum.e2e.lan.NodeProcess;
import dev.caelum.e2e.lan.TaskDesk;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tasks: what is submitted, seen, called off and run again in the page. */
@InLab
@ExtendWith(BrowserExtension.class)
class TasksIT {
  private static final String SUBMIT =
      "fetch('api/v1/tasks', { method: 'POST', body: arguments[0],"
          + " headers: { 'Content-Type': 'application/json' } })";

  @Test
  @DisplayName("An echo is submitted and seen done; one that no machine runs is told why not")
  void aTaskIsSubmittedAndSeenDone(Lab lab, Browser browser) throws Exception {
    try (DashboardProcess dashboard = DashboardProcess.start(lab)) {
      WorkPage page = WorkPage.open(browser, dashboard, "tasks");
      page.awaitText("tasks-none", "No tasks yet.");
      page.press("tasks-first");
      page.type("submit-type", "echo");
      browser.await(
          "the example",
          "return document.querySelector('[data-testid=submit-payload]').value.includes('hello')");
      page.press("submit-submit");
      page.awaitText("task-dialog-state", "Done");
      page.awaitText("task-result", "hello");
      assertThat(browser.accessibilityFaults()).as("with the task open").isEmpty();
      page.press("task-close");
      page.awaitRow("tasks", "Done", "echo");
      page.awaitText("tasks-done", "1");

      page.press("submit-open");
      page.type("submit-type", "no_such_type");
      page.press("submit-submit");
      page.awaitText("submit-error", "No machine can run it.");
      page.awaitText("placement-sentence", "It would run on ");
      browser.await(
          "the table",
          "const met = (state) => document.querySelector("
              + "`[data-testid=placement] tr[data-verdict=${state}] td`) !== null;"
              + "return met('passed') && met('failed')");
      assertThat(browser.accessibilityFaults()).as("with the table").isEmpty();
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  @DisplayName("A running task is cancelled after a question, a dead letter is run again")
  void aTaskIsCancelledAndADeadOneRunsAgain(Lab lab, Browser browser) throws Exception {
    try (DashboardProcess dashboard = DashboardProcess.start(lab)) {
      WorkPage page = WorkPage.open(browser, dashboard, "tasks");
      page.awaitText("tasks-none", "No tasks yet.");
      browser.run(SUBMIT, "{\"type\":\"sleep\",\"payload\":{\"ms\":3600000},\"timeout_s\":7200}");
      page.awaitRow("tasks", "Running", "sleep");
      page.openTask("running");
      page.press("task-cancel");
      browser.await(
          "the question",
          "return [...document.querySelectorAll('vaadin-confirm-dialog')]"
              + ".some((each) => each.textContent.includes('what it has done until now'))");
      browser.click("vaadin-confirm-dialog vaadin-button[slot=confirm-button]");
      page.awaitText("task-dialog-state", "Cancelled");
      page.press("task-close");
      page.awaitRow("tasks", "Cancelled", "sleep");

      browser.run(
          SUBMIT,
          "{\"type\":\"sleep\",\"payload\":{\"ms\":60000},\"timeout_s\":0.1,\"attempts\":1}");
      page.awaitRow("tasks", "Dead letter", "sleep");
      page.openTask("dead");
      page.awaitText("task-failure", "its timeout");
      page.press("task-retry");
      browser.await(
          "a second death",
          "return document.querySelectorAll("
              + "'[data-testid=task-timeline] li[data-state=dead]').length === 2");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  @DisplayName(
      "A visitor on another machine sees tasks, neither payloads nor results, and submits none")
  void aVisitorFromAnotherMachineReadsOnly(Lab lab, Browser browser) throws Exception {
    Host host = lab.host();
    NodeProcess node = NodeProcess.start(host).ready();
    TaskDesk desk = new TaskDesk(node);
    String id = desk.submitted("{\"type\":\"echo\",\"payload\":{\"text\":\"for-no-other-eyes\"}}");
    desk.await(id, Duration.ofSeconds(20), "done");
    try (DashboardProcess dashboard = DashboardProcess.beside(node)) {
      WorkPage page = WorkPage.open(browser, dashboard, "tasks");
      page.awaitRow("tasks", "Done", "echo");
      assertThat(page.enabled("submit-open")).isFalse();
      page.openTask("done");
      page.awaitText("task-hidden", "visitors on the node’s own machine only");
      assertThat(page.enabled("task-retry")).isFalse();
      assertThat(page.enabled("task-clone")).isFalse();
      assertThat(browser.ask(String.class, "return document.documentElement.outerHTML"))
          .doesNotContain("for-no-other-eyes");
      WorkPage ports = WorkPage.open(browser, dashboard, "ports");
      assertThat(ports.enabled("ports-reserve")).isFalse();
      assertThat(browser.complaints()).isEmpty();
    }
  }
}

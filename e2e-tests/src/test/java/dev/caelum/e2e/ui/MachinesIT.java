package dev.caelum.e2e.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.e2e.lan.Host;
import dev.caelum.e2e.lan.InLab;
import dev.caelum.e2e.lan.Lab;
import dev.caelum.e2e.lan.NodeProcess;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The table of all machines, one of them in detail, and their past. */
@InLab
@ExtendWith(BrowserExtension.class)
class MachinesIT {
  /** Until a sample taken after a change is in a chart that reads every 15 s, too. */
  private static final Duration TWO_SAMPLES = Duration.ofSeconds(40);

  @Test
  @DisplayName(
      "A machine is searched for, opened, seen to die, forgotten and not, and found alive in the past")
  void machinesAndTheirPast(Lab lab, Browser browser) throws Exception {
    Host host = lab.host();
    NodeProcess other = NodeProcess.start(host);
    try (DashboardProcess dashboard = DashboardProcess.start(lab)) {
      WorkPage page = WorkPage.open(browser, dashboard, "machines");
      page.awaitText("machines-count", "2 machines of 2.");
      page.type("machines-search", host.address());
      page.awaitText("machines-count", "1 machine of 2.");
      browser.click("[data-testid=all-machines] [data-testid=name]");
      page.awaitText("machine-facts", host.address());
      browser.await(
          "a chart of its processor",
          "return document.querySelector('[data-testid=machine-panel] .canvas svg')"
              + " && document.querySelector('[data-testid=machine-panel] .canvas')"
              + ".getAttribute('aria-label')?.startsWith('CPU: ')");
      assertThat(browser.accessibilityFaults()).as("with a machine open").isEmpty();
      browser.await("both in the address", "return /q=.*&sel=/.test(location.search)");

      other.kill();
      page.awaitRow("all-machines", "Offline", host.name());
      browser.click("[data-testid=all-machines] [data-testid=tick]");
      page.awaitText("bulk-count", "1 machine is selected.");
      assertThat(browser.accessibilityFaults()).as("with a machine ticked").isEmpty();
      browser.click("[data-testid=bulk-forget]");
      page.awaitText("bulk-ended", "1 machine and its address are forgotten.");
      page.awaitText("machines-count", "No machine of 1.");
      browser.click("[data-testid=undo]");
      page.awaitRow("all-machines", "Offline", host.name());

      browser.open(dashboard.uri() + "history?range=15m");
      browser.await(
          "the machines as a chart",
          TWO_SAMPLES,
          "return [...document.querySelectorAll('.canvas')].some((canvas) =>"
              + " /Offline: [01] – 1, now 1/.test(canvas.getAttribute('aria-label')))");
      assertThat(browser.accessibilityFaults()).as("of the charts").isEmpty();
      browser.run("document.querySelector('.chart details').open = true");
      browser.await(
          "its numbers as a table",
          "return document.querySelector('.chart table')?.rows.length > 2");
      browser.click("[data-testid=history-earlier]");
      page.awaitText("history-charts", "This node recorded nothing in that time.");
      assertThat(browser.accessibilityFaults()).as("of what lies before").isEmpty();

      browser.open(dashboard.uri() + "past?time=1s");
      page.awaitRow("past-machines", "Offline", host.name());
      page.awaitText("past-summary", "2 machines in the table, 1 online.");
      assertThat(browser.accessibilityFaults()).as("of the past").isEmpty();
      assertThat(browser.complaints()).isEmpty();
    }
  }
}

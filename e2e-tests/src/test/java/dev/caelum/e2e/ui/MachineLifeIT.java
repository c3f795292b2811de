package dev.caelum.e2e.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.e2e.lan.Host;
import dev.caelum.e2e.lan.InLab;
import dev.caelum.e2e.lan.Lab;
import dev.caelum.e2e.lan.NodeProcess;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A machine comes and goes while the page is open. */
@InLab
@ExtendWith(BrowserExtension.class)
class MachineLifeIT {
  /**
   * Follows the node's own event stream beside the page: when did the event come, when did the row
   * stand there.
   */
  private static final String MEASURE =
      """
      const name = arguments[0];
      window.told = null;
      window.stood = null;
      const events = new EventSource('api/v1/events');
      events.addEventListener('machine', (event) => {
        const machine = JSON.parse(event.data).machine;
        if (machine.hostname === name && machine.connected) window.told ??= performance.now();
      });
      const look = () => {
        const row = [...document.querySelectorAll('[data-testid=machines] [data-testid=name]')]
          .find((each) => each.textContent === name);
        if (row) window.stood ??= performance.now();
      };
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true,
        characterData: true });
      """;

  @Test
  @DisplayName("A started machine gets its row by push, a killed one is offline")
  void aMachineAppearsAndDies(Lab lab, Browser browser) throws Exception {
    Host host = lab.host();
    try (DashboardProcess dashboard = DashboardProcess.start(lab)) {
      ClusterStatusPage page = ClusterStatusPage.open(browser, dashboard);
      browser.run(MEASURE, host.name());
      browser.pushedFrames();
      NodeProcess node = NodeProcess.start(host).ready();
      page.awaitRow("machines", host.name());
      browser.await("both moments", "return window.told !== null && window.stood !== null");
      Number late = browser.ask(Number.class, "return window.stood - window.told");
      // A benchmark, not an assertion: a busy machine takes its time.
      System.out.println("row in the browser after the event, ms: " + late);
      assertThat(browser.pushedFrames()).as("frames pushed, not polled").isPositive();
      page.awaitText("verdict", "All 2 machines are connected.");
      page.awaitText("events", host.name());

      node.kill();
      browser.await(
          "offline",
          "return document.querySelector('[data-testid=counter-dead]').textContent === '1'");
      page.awaitRow("attention", host.name());
      page.awaitNoRow("machines", host.name());
      page.awaitText("verdict", "1 of 2 machines are connected. " + host.name());
      browser.await(
          "the title", "return document.title === arguments[0]", host.name() + " offline – Caelum");

      browser.click("[data-testid=attention] [data-testid=state][data-state=dead]");
      page.awaitText("why", host.name() + " is dead: ");
      page.press("why-close");
      assertThat(browser.complaints()).isEmpty();
    }
  }
}

package dev.caelum.e2e.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.e2e.lan.AssistantProcess;
import dev.caelum.e2e.lan.Child;
import dev.caelum.e2e.lan.Host;
import dev.caelum.e2e.lan.InLab;
import dev.caelum.e2e.lan.Lab;
import dev.caelum.e2e.lan.NodeProcess;
import dev.caelum.e2e.mcp.ToolServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** MCP Servers and Ports, while servers come and go. */
@InLab
@ExtendWith(BrowserExtension.class)
class ServicesIT {
  @Test
  @DisplayName("A server of another machine is seen to become ready and to go down")
  void aServerComesAndGoes(Lab lab, Browser browser) throws Exception {
    Host host = lab.host();
    NodeProcess.start(host);
    try (DashboardProcess dashboard = DashboardProcess.start(lab)) {
      WorkPage page = WorkPage.open(browser, dashboard, "servers");
      page.awaitText("servers-none", "No MCP server found on ports 8100-8199");
      Child server = host.start("tools", AssistantProcess.program(ToolServer.class, "8105"));
      page.awaitRow("servers", "Ready", ToolServer.NAME, host.name(), "8105", "1.2.3");
      page.awaitText("servers-verdict", "1 of 1 MCP servers on 1 machine is up.");
      browser.click("[data-testid=servers] [data-testid=service-state][data-state=ready]");
      page.awaitText("service-tools", "steps");
      assertThat(browser.accessibilityFaults()).as("with the server open").isEmpty();
      page.press("service-close");

      server.kill9();
      page.awaitRow("servers-missing", "Down", host.name(), "8105");
      page.awaitText("servers-verdict", "0 of 1 MCP servers on 1 machine are up.");
      assertThat(browser.accessibilityFaults()).as("with a missing server").isEmpty();
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  @DisplayName("A port is reserved and released, and the strip and the table follow")
  void aPortIsReservedAndReleased(Lab lab, Browser browser) throws Exception {
    try (DashboardProcess dashboard = DashboardProcess.start(lab)) {
      WorkPage page = WorkPage.open(browser, dashboard, "ports");
      page.press("ports-reserve");
      browser.find("[data-testid=reserve-port] > input").sendKeys("8140");
      page.type("reserve-name", "renderer");
      page.awaitGone("reserve-dialog");
      awaitCell(browser, "down");
      browser.click("[data-testid=ports-table] vaadin-details-summary");
      page.awaitText("ports-table", "renderer");
      assertThat(browser.accessibilityFaults()).as("with the table").isEmpty();

      page.press("ports-release");
      browser.click("vaadin-confirm-dialog vaadin-button[slot=confirm-button]");
      awaitCell(browser, "");
      page.awaitGone("ports-table");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static void awaitCell(Browser browser, String state) {
    browser.await(
        "port 8140 as '" + state + "'",
        "return document.querySelector('.strip [data-port=\"8140\"]')?.dataset.state"
            + " === arguments[0]",
        state);
  }
}

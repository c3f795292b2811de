package dev.caelum.e2e.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.e2e.lan.Host;
import dev.caelum.e2e.lan.InLab;
import dev.caelum.e2e.lan.Lab;
import dev.caelum.e2e.lan.NodeProcess;
import dev.caelum.e2e.lan.OldNodeProcess;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Discover Network: its progress while it runs, and what it tells at its end. */
@InLab
@ExtendWith(BrowserExtension.class)
class DiscoveryIT {
  /** Keeps every value that the progress bar of the page ever shows. */
  private static final String RECORD =
      """
      window.shown = [];
      new MutationObserver(() => {
        const bar = document.querySelector('[data-testid=discovery-progress]');
        const phase = document.querySelector('[data-testid=discovery-phase]');
        if (bar && bar.checkVisibility()) window.shown.push([bar.value, phase.textContent]);
      }).observe(document.body, { subtree: true, childList: true, attributes: true,
        characterData: true });
      """;

  @Test
  @DisplayName("The progress runs from the first step to the end, and every machine is told")
  void aDiscoveryShowsItsProgressAndItsResult(Lab lab, Browser browser) throws Exception {
    Host first = lab.host();
    Host second = lab.host();
    NodeProcess.start(first);
    NodeProcess.start(second).ready();
    try (DashboardProcess dashboard = DashboardProcess.start(lab)) {
      ClusterStatusPage page = ClusterStatusPage.open(browser, dashboard);
      page.awaitRow("machines", first.name());
      page.awaitRow("machines", second.name());
      browser.run(RECORD);
      page.press("discover");
      page.awaitText("discover", "Stop");
      page.awaitText("discovery-verdict", "2");
      assertThat(page.text("discover")).isEqualTo("Discover Network");
      @SuppressWarnings("unchecked")
      List<List<Object>> shown = browser.ask(List.class, "return window.shown");
      List<Double> values =
          shown.stream().map(each -> ((Number) each.getFirst()).doubleValue()).toList();
      assertThat(values).isSorted();
      assertThat(values.stream().distinct().count()).isGreaterThan(3);
      assertThat(shown)
          .extracting(each -> each.get(1))
          .anyMatch(line -> line.toString().contains("Step"));
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  @DisplayName("A run started elsewhere shows in this tab, and Stop ends it for all")
  void aRunStartedElsewhereIsTheSameRun(Lab lab, Browser browser) throws Exception {
    try (DashboardProcess dashboard = DashboardProcess.start(lab)) {
      ClusterStatusPage page = ClusterStatusPage.open(browser, dashboard);
      browser.run("fetch('api/v1/cluster/discover?wait=false', { method: 'POST' })");
      page.awaitText("discover", "Stop");
      page.press("discover");
      page.awaitText("discover", "Discover Network");
      page.awaitText("discovery-verdict", "Stopped");
    }
  }

  @Test
  @DisplayName("A machine that is up but does not listen: the page says who refused and what to do")
  void aRefusedConnectionIsExplained(Lab lab, Browser browser) throws Exception {
    Host host = lab.host();
    OldNodeProcess.start(host, "hostname=gamma", "port=9000", "says=8080");
    try (DashboardProcess dashboard = DashboardProcess.start(lab)) {
      ClusterStatusPage page = ClusterStatusPage.open(browser, dashboard);
      page.awaitRow("attention", "gamma");
      browser.await(
          "the reason in the row",
          "const e = document.querySelector('[data-testid=attention] [data-code=refused]');"
              + "return e !== null && e.textContent.includes('nothing listens on TCP')");
      page.connectTo(host.address() + ":8082");
      page.awaitText("connect-error", "8082");
      assertThat(browser.find("[data-testid=connect-error]").getDomAttribute("data-code"))
          .isEqualTo("refused");
      assertThat(browser.accessibilityFaults()).as("with the dialog open").isEmpty();
    }
  }
}

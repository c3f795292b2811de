package dev.caelum.e2e.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.caelum.e2e.lan.Host;
import dev.caelum.e2e.lan.InLab;
import dev.caelum.e2e.lan.Lab;
import dev.caelum.e2e.lan.NodeProcess;
import dev.caelum.e2e.lan.Packed;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The dashboard alone, for a node on another machine: as packaged, and as a WAR on a server. */
@InLab
@ExtendWith(BrowserExtension.class)
class PayaraIT {
  private static final Path PAYARA = Path.of("target/payara/payara-micro.jar").toAbsolutePath();

  /** Files that the page has asked for and did not get. */
  private static final String MISSED =
      "return performance.getEntriesByType('resource').filter((e) => e.responseStatus >= 400)"
          + ".map((e) => e.responseStatus + ' ' + e.name).join('\\n')";

  private static final String API =
      "return fetch('api/v1/machines').then((answer) => answer.json())"
          + ".then((body) => body.machines.length)";

  /** The first event of the node's stream, through the server. */
  private static final String STREAM =
      "return new Promise((done) => { const events = new EventSource('api/v1/events');"
          + " events.addEventListener('snapshot', () => { events.close(); done('snapshot'); });"
          + " events.onerror = () => done('error'); })";

  private interface Starter {
    DashboardProcess start(URI node) throws Exception;
  }

  @Test
  @DisplayName("The packaged dashboard shows a node on another machine")
  void theDashboardAloneWorks(Lab lab, Browser browser) throws Exception {
    smoke(lab, browser, node -> DashboardProcess.showing(lab, node));
  }

  @Test
  @DisplayName("The same page as a WAR on Payara Micro: files, push, API and events")
  void theWarOnPayaraIsTheSamePage(Lab lab, Browser browser) throws Exception {
    assumeTrue(
        Files.exists(PAYARA),
        "Payara Micro is missing: ./mvnw -pl e2e-tests dependency:copy@payara");
    Path war = Packed.make("war", lab.folder());
    smoke(lab, browser, node -> DashboardProcess.onPayara(lab, node, PAYARA, war));
  }

  /** What both must do. */
  private static void smoke(Lab lab, Browser browser, Starter starter) throws Exception {
    List<Host> hosts = lab.hosts(2);
    NodeProcess node = NodeProcess.start(hosts.getFirst(), "--history-days", "1").ready();
    try (DashboardProcess dashboard = starter.start(node.uri())) {
      assertThat(dashboard.header("", "Set-Cookie"))
          .contains("HttpOnly")
          .containsIgnoringCase("SameSite=Strict");
      ClusterStatusPage page = ClusterStatusPage.open(browser, dashboard);
      page.awaitRow("machines", hosts.getFirst().name());
      browser.pushedFrames();
      NodeProcess.start(hosts.getLast());
      page.awaitRow("machines", hosts.getLast().name());
      assertThat(browser.pushedFrames()).as("frames pushed, not polled").isPositive();

      page.press("discover");
      page.awaitText("discovery-verdict", "1 machine");
      assertThat(browser.ask(Number.class, API).intValue()).isEqualTo(2);
      assertThat(browser.ask(String.class, STREAM)).isEqualTo("snapshot");
      assertThat(browser.ask(String.class, MISSED)).isEmpty();
      assertThat(browser.complaints()).isEmpty();

      WorkPage machines = WorkPage.open(browser, dashboard, "machines");
      machines.awaitText("machines-count", "2 machines of 2.");
      browser.open(dashboard.uri() + "history?range=15m");
      browser.await("charts", "return document.querySelector('.canvas svg') !== null");
      assertThat(browser.ask(String.class, MISSED)).isEmpty();
      assertThat(browser.complaints()).isEmpty();
    }
  }
}

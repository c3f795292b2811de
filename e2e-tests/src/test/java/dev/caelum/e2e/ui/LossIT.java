package dev.caelum.e2e.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.e2e.lan.Host;
import dev.caelum.e2e.lan.InLab;
import dev.caelum.e2e.lan.Lab;
import dev.caelum.e2e.lan.NodeProcess;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The dashboard, or the node behind it, is lost and comes back while the page is open. */
@InLab
@ExtendWith(BrowserExtension.class)
class LossIT {
  @Test
  @DisplayName("A killed dashboard shows, and the page is live again without a click")
  void aLostDashboardIsToldAndFoundAgain(Lab lab, Browser browser) throws Exception {
    Host host = lab.host();
    NodeProcess.start(host).ready();
    try (DashboardProcess dashboard = DashboardProcess.start(lab)) {
      ClusterStatusPage page = ClusterStatusPage.open(browser, dashboard);
      page.awaitRow("machines", host.name());
      dashboard.kill();
      awaitBanner(browser, "dashboard");
      assertThat(page.text("banner")).startsWith("Connection to this node lost at ");
      assertThat(page.text("live-pill")).isEqualTo("Lost");
      assertThat(page.names("machines")).as("what was last known stays").contains(host.name());
      browser.save(Path.of("target", "selenium", "LossIT"), "dashboard-lost");

      dashboard.again();
      page.awaitLive(Duration.ofSeconds(30));
      page.awaitRow("machines", host.name());
      page.awaitText("toast", "Connected again. The node restarted");
      assertThat(page.shows("banner")).isFalse();
    }
  }

  @Test
  @DisplayName("A lost node behind a living dashboard has its own words, and is found again")
  void aLostNodeIsToldAndFoundAgain(Lab lab, Browser browser) throws Exception {
    Host host = lab.host();
    NodeProcess node = NodeProcess.start(host).ready();
    try (DashboardProcess dashboard = DashboardProcess.showing(lab, node.uri())) {
      ClusterStatusPage page = ClusterStatusPage.open(browser, dashboard);
      page.awaitRow("machines", host.name());
      assertThat(browser.ask(Boolean.class, CONNECT_DISABLED))
          .as("the node lets nobody from another machine connect it")
          .isTrue();
      node.kill();
      awaitBanner(browser, "node");
      assertThat(page.text("banner")).contains("the dashboard itself still runs");

      NodeProcess.start(host).ready();
      page.awaitLive(Duration.ofSeconds(30));
      page.awaitText("toast", "Connected again.");
      assertThat(page.shows("banner")).isFalse();
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static final String CONNECT_DISABLED =
      "return document.querySelector('[data-testid=connect-open]').disabled === true";

  private static void awaitBanner(Browser browser, String what) {
    browser.await(
        "the banner",
        "const b = document.getElementById('caelum-banner'); return b !== null"
            + " && b.checkVisibility() && b.dataset.what === arguments[0]"
            + " && document.documentElement.dataset.live === 'lost'",
        what);
  }
}

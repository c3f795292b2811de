package dev.caelum.e2e.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.e2e.lan.Host;
import dev.caelum.e2e.lan.InLab;
import dev.caelum.e2e.lan.Lab;
import dev.caelum.e2e.lan.NodeProcess;
import dev.caelum.e2e.lan.OldNodeProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page while something runs; what stands still is looked at by {@link ViewsIT}. */
@InLab
@ExtendWith(BrowserExtension.class)
class AccessibilityIT {
  @Test
  @DisplayName("No rule of WCAG 2.2 AA is broken while a discovery of real nodes runs")
  void aRunningDiscoveryIsAccessible(Lab lab, Browser browser) throws Exception {
    Host host = lab.host();
    NodeProcess.start(host);
    OldNodeProcess.start(lab.host(), "hostname=old");
    OldNodeProcess.start(lab.host(), "hostname=refuses", "port=9000", "says=8080");
    try (DashboardProcess dashboard = DashboardProcess.start(lab)) {
      ClusterStatusPage page = ClusterStatusPage.open(browser, dashboard);
      page.awaitRow("machines", host.name());
      page.awaitRow("machines", "old");
      page.awaitRow("attention", "refuses");
      page.press("discover");
      page.awaitText("discover", "Stop");
      check(browser, "running", 1280, false);
    }
  }

  private static void check(Browser browser, String name, int width, boolean dark)
      throws Exception {
    browser.look(width, 900, dark);
    browser.await("the width", "return innerWidth === arguments[0]", width);
    browser.await(
        "a settled page",
        "return document.getAnimations().every((each) => each.playState !== 'running'"
            + " || each.effect.getTiming().iterations === Infinity)");
    browser.save(Path.of("target", "selenium", "AccessibilityIT"), name);
    assertThat(browser.accessibilityFaults()).as(name).isEmpty();
    assertThat(
            browser.ask(Boolean.class, "return document.documentElement.scrollWidth <= innerWidth"))
        .as("no horizontal scroll: %s", name)
        .isTrue();
  }
}

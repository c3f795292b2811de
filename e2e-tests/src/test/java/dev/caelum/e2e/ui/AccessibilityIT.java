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

/** The page in both schemes, wide and narrow, with all its parts filled. */
@InLab
@ExtendWith(BrowserExtension.class)
class AccessibilityIT {
  @Test
  @DisplayName("No rule of WCAG 2.2 AA is broken: light, dark, narrow, and where no page is")
  void everyLookIsAccessible(Lab lab, Browser browser) throws Exception {
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
      page.awaitText("discover", "Discover Network");
      check(browser, "light", 1280, false);
      check(browser, "dark", 1280, true);
      browser.click("[data-testid=machines] [data-testid=state]");
      browser.await(
          "the reasons", "return document.querySelector('[data-testid=why] li') !== null");
      check(browser, "why", 1280, false);
      page.press("why-close");
      check(browser, "narrow", 390, false);
      check(browser, "narrow-dark", 390, true);
      browser.open(dashboard.uri() + "no-such-page");
      page.awaitText("not-found", "There is no page /no-such-page.");
      check(browser, "not-found", 1280, false);
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

package dev.caelum.e2e.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.e2e.lan.InLab;
import dev.caelum.e2e.lan.Lab;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a visitor sees before any other machine was ever seen. */
@InLab
@ExtendWith(BrowserExtension.class)
class FirstRunIT {
  @Test
  @DisplayName("Alone, the page says so and what to do, and a discovery tells what it did")
  void aloneTheNextStepsAreOffered(Lab lab, Browser browser) throws Exception {
    try (DashboardProcess dashboard = DashboardProcess.start(lab)) {
      assertThat(dashboard.header("", "Set-Cookie"))
          .contains("HttpOnly")
          .contains("SameSite=Strict");
      ClusterStatusPage page = ClusterStatusPage.open(browser, dashboard);
      assertThat(page.text("verdict")).isEqualTo("This node is alone in its cluster.");
      assertThat(page.text("first-run"))
          .contains("announces itself every 15 s on UDP 8181")
          .contains("listens on TCP 8080");
      assertThat(page.text("counter-all")).isEqualTo("1");
      assertThat(browser.title()).isEqualTo("Alone – Caelum");
      page.press("copy-start-command");
      page.awaitText("toast", "Copied.");

      page.press("discover");
      page.awaitText("discovery-verdict", "No other machine answered");
      assertThat(page.text("discovery-figures")).contains("Machines answered 0");
      assertThat(page.text("discover")).isEqualTo("Discover Network");
      assertThat(browser.complaints()).isEmpty();
    }
  }
}

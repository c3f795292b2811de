package dev.caelum.e2e.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.e2e.lan.InLab;
import dev.caelum.e2e.lan.Lab;
import dev.caelum.e2e.lan.OldNodeProcess;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Machines whose names are attacks. */
@InLab
@ExtendWith(BrowserExtension.class)
class HostileNameIT {
  private static final List<String> NAMES =
      List.of(
          "<script>window.hit=1</script>",
          "<img src=x onerror=window.hit=1>",
          "${window.hit=1}",
          "\u202Egpj.exe\u202C",
          "\u001b[31mred\nsecond line",
          "x".repeat(300));

  private static final String ELEMENTS =
      "return document.querySelectorAll('script, iframe, object, embed, [onerror], [onclick],"
          + " img').length";

  @Test
  @DisplayName("Hostile names are shown as text: no script runs, no element appears")
  void hostileNamesStayText(Lab lab, Browser browser) throws Exception {
    try (DashboardProcess dashboard = DashboardProcess.start(lab)) {
      ClusterStatusPage page = ClusterStatusPage.open(browser, dashboard);
      Long before = browser.ask(Long.class, ELEMENTS);
      for (String name : NAMES) {
        OldNodeProcess.start(lab.host(), "hostname=" + name);
      }
      page.awaitText("counter-connected", String.valueOf(NAMES.size() + 1));
      page.awaitRow("machines", NAMES.getFirst());
      page.awaitRow("machines", NAMES.get(1));
      page.awaitRow("machines", NAMES.get(2));
      page.awaitRow("machines", "gpj.exe");
      page.awaitText("log", NAMES.getFirst());
      assertThat(page.names("machines")).allMatch(name -> name.length() <= 64);
      assertThat(browser.ask(Long.class, ELEMENTS)).isEqualTo(before);
      assertThat(browser.ask(Boolean.class, "return window.hit === undefined")).isTrue();
      browser.look(390, 844, false);
      browser.await("the narrow page", "return document.querySelector('.stacked') !== null");
      assertThat(
              browser.ask(
                  Boolean.class, "return document.documentElement.scrollWidth <= innerWidth"))
          .isTrue();
      assertThat(browser.complaints()).isEmpty();
    }
  }
}

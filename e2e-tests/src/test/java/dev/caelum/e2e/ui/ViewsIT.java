package dev.caelum.e2e.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.e2e.lan.InLab;
import dev.caelum.e2e.lan.Lab;
import dev.caelum.e2e.stage.Scene;
import dev.caelum.e2e.stage.StageNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every view with all its parts filled, as a node on the stage tells them. */
@InLab
@ExtendWith(BrowserExtension.class)
class ViewsIT {
  private static final Path SHOTS = Path.of("target", "screenshots");

  /** A width that a window of 1280 pixels has at 200 % zoom. */
  private static final int ZOOMED = 640;

  /**
   * One look at the page.
   *
   * @param press what is pressed after the page is there; nothing when empty
   */
  private record Look(String name, String path, String press) {}

  private static final List<Look> BESIDE_THE_NAVIGATION =
      List.of(
          new Look("why", "", "[data-testid=machines] [data-testid=state][data-state=suspect]"),
          new Look("connect", "", "[data-testid=connect-open]"),
          new Look("machine", "machines", "[data-testid=all-machines] [data-testid=name]"),
          new Look("service", "servers", "[data-testid=service-state][data-state=ready]"),
          new Look("task", "tasks", "[data-testid=task-state][data-state=running]"),
          new Look("task-queued", "tasks", "[data-testid=task-state][data-state=queued]"),
          new Look("submit", "tasks", "[data-testid=submit-open]"),
          new Look("reserve", "ports", "[data-testid=ports-reserve]"),
          new Look("past", "past?time=30m", ""),
          new Look("not-found", "no-such-page", ""));

  @Test
  @DisplayName("Each view keeps to WCAG 2.2 AA and fits: light, dark, on a phone, at 200 % zoom")
  void everyViewIsAccessibleAndFits(Lab lab, Browser browser) throws Exception {
    try (StageNode node = new StageNode(Scene.usual());
        DashboardProcess dashboard = DashboardProcess.showing(lab, node.uri())) {
      SoftAssertions found = new SoftAssertions();
      for (Look look : looks(browser, dashboard)) {
        open(browser, dashboard, look);
        at(browser, look, 1280, false);
        found.assertThat(browser.accessibilityFaults()).as(look.name()).isEmpty();
        at(browser, look, 1280, true);
        found.assertThat(browser.contrastFaults()).as("%s, dark", look.name()).isEmpty();
        at(browser, look, ZOOMED, false);
        found.assertThat(overflow(browser)).as("%s, zoomed", look.name()).isEmpty();
        at(browser, look, 390, false);
        found.assertThat(overflow(browser)).as("%s, narrow", look.name()).isEmpty();
        found.assertThat(browser.accessibilityFaults()).as("%s, narrow", look.name()).isEmpty();
        at(browser, look, 390, true);
      }
      found.assertThat(browser.complaints()).isEmpty();
      found.assertAll();
    }
  }

  /** All that the navigation leads to, and the rest. */
  private static List<Look> looks(Browser browser, DashboardProcess dashboard) {
    open(browser, dashboard, new Look("status", "", ""));
    List<?> paths =
        browser.ask(
            List.class,
            "return [...document.querySelectorAll('vaadin-side-nav-item')].map((e) => e.path)");
    List<Look> looks = new ArrayList<>();
    for (Object path : paths) {
      looks.add(new Look(path.equals("") ? "status" : path.toString(), path.toString(), ""));
    }
    assertThat(looks).hasSizeGreaterThan(5);
    looks.addAll(BESIDE_THE_NAVIGATION);
    return looks;
  }

  private static void open(Browser browser, DashboardProcess dashboard, Look look) {
    browser.look(1280, 900, false);
    browser.open(dashboard.uri() + look.path());
    browser.await(
        look.name(),
        "const d = document.documentElement.dataset; return d.live === 'ok' && Number(d.rev) > 0"
            + " && document.querySelector('#content h1') !== null");
    if (!look.press().isEmpty()) {
      browser.click(look.press());
      browser.await(
          "what " + look.name() + " opens",
          "return document.querySelector('vaadin-dialog[opened], [data-testid=machine-panel]')"
              + "?.checkVisibility() === true");
    }
  }

  /** Shows the page that wide, waits until it stands still, and keeps what it looks like. */
  private static void at(Browser browser, Look look, int width, boolean dark) throws Exception {
    browser.look(width, width > ZOOMED ? 900 : 844, dark);
    browser.await("the width", "return innerWidth === arguments[0]", width);
    browser.await(
        "a settled page",
        "if (innerWidth < 800 && [...document.querySelectorAll('vaadin-grid')].some((grid) =>"
            + " grid.checkVisibility() && grid.size && !grid.querySelector('.stacked')))"
            + " return false;"
            + "return Object.values(window.Vaadin.Flow.clients).every((each) => !each.isActive?.())"
            + " && document.getAnimations().every((each) => each.playState !== 'running'"
            + " || each.effect.getTiming().iterations === Infinity)");
    browser.shot(SHOTS.resolve(look.name() + "-" + width + (dark ? "-dark" : "") + ".png"));
  }

  /** What sticks out of the page at its right; empty when nothing does. */
  private static List<?> overflow(Browser browser) {
    return browser.ask(
        List.class,
        "if (document.documentElement.scrollWidth <= innerWidth) return [];"
            + "return [...document.querySelectorAll('body *')].filter((e) =>"
            + " e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.tagName + '.'"
            + " + e.className).slice(0, 9)");
  }
}

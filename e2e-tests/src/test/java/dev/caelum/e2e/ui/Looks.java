package dev.caelum.e2e.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Views as people look at them: which there are, how wide, and what sticks out. */
final class Looks {
  /** A width that a window of 1280 pixels has at 200 % zoom. */
  static final int ZOOMED = 640;

  static final int WIDE = 1280;
  static final int NARROW = 390;
  private static final Path SHOTS = Path.of("target", "screenshots");

  /**
   * One look at the page.
   *
   * @param press what is pressed after the page is there; nothing when empty
   */
  record Look(String name, String path, String press) {}

  private static final List<Look> BESIDE_THE_NAVIGATION =
      List.of(
          new Look("why", "", "[data-testid=machines] [data-testid=state][data-state=suspect]"),
          new Look("connect", "", "[data-testid=connect-open]"),
          new Look("machine", "machines", "[data-testid=all-machines] [data-testid=name]"),
          new Look("ticked", "machines", "[data-testid=tick]"),
          new Look("service", "servers", "[data-testid=service-state][data-state=ready]"),
          new Look("task", "tasks", "[data-testid=task-state][data-state=running]"),
          new Look("task-queued", "tasks", "[data-testid=task-state][data-state=queued]"),
          new Look("submit", "tasks", "[data-testid=submit-open]"),
          new Look("reserve", "ports", "[data-testid=ports-reserve]"),
          new Look("help", "", "#caelum-help"),
          new Look("inbox", "", "[data-testid=inbox]"),
          new Look("past", "past?time=30m", ""),
          new Look("topology-map", "topology?as=map&servers=on", ""),
          new Look("not-found", "no-such-page", ""));

  private final Browser browser;
  private final DashboardProcess dashboard;
  private final String query;

  /**
   * @param query what every address has behind it, for example {@code lang=de}
   */
  Looks(Browser browser, DashboardProcess dashboard, String query) {
    this.browser = browser;
    this.dashboard = dashboard;
    this.query = query;
  }

  /** All that the navigation leads to. */
  List<Look> views() {
    open(new Look("status", "", ""));
    List<?> paths =
        browser.ask(
            List.class,
            "return [...document.querySelectorAll('vaadin-side-nav-item')].map((e) => e.path)");
    List<Look> looks = new ArrayList<>();
    for (Object path : paths) {
      looks.add(new Look(path.equals("") ? "status" : path.toString(), path.toString(), ""));
    }
    assertThat(looks).hasSizeGreaterThan(5);
    return looks;
  }

  /** All that the navigation leads to, and dialogs, and what has no place there. */
  List<Look> all() {
    List<Look> looks = views();
    looks.addAll(BESIDE_THE_NAVIGATION);
    return looks;
  }

  void open(Look look) {
    browser.look(WIDE, 900, false);
    String mark = look.path().contains("?") ? "&" : "?";
    browser.open(dashboard.uri() + look.path() + (query.isEmpty() ? "" : mark + query));
    browser.await(
        look.name(),
        "const d = document.documentElement.dataset; return d.live === 'ok' && Number(d.rev) > 0"
            + " && document.querySelector('#content h1') !== null");
    if (!look.press().isEmpty()) {
      browser.click(look.press());
      browser.await(
          "what " + look.name() + " opens",
          "return [...document.querySelectorAll('vaadin-dialog[opened],"
              + " [data-testid=machine-panel], [data-testid=inbox-list],"
              + " [data-testid=bulk-bar]')]"
              + ".some((e) => e.checkVisibility())");
    }
  }

  /** Shows the page that wide, and waits until it stands still. */
  void at(int width, boolean dark) {
    browser.look(width, width > ZOOMED ? 900 : 844, dark);
    browser.await("the width", "return innerWidth === arguments[0]", width);
    // What a change of the scheme sets in motion moves from the frame after it.
    browser.run(
        "window.drawn = false;"
            + " requestAnimationFrame(() => requestAnimationFrame(() => window.drawn = true))");
    browser.await(
        "a settled page",
        "const grids = [...document.querySelectorAll('vaadin-grid')].filter((grid) =>"
            + " grid.checkVisibility());"
            + "if (!window.drawn || grids.some((grid) => grid.loading)) return false;"
            + "if (innerWidth < 800 && grids.some((grid) => grid.size && !grid.querySelector('.stacked')))"
            + " return false;"
            + "return Object.values(window.Vaadin.Flow.clients)"
            + ".every((each) => !each.isActive?.())"
            + " && document.getAnimations().every((each) => each.playState !== 'running'"
            + " || each.effect.getTiming().iterations === Infinity)");
  }

  /** Keeps what is on the screen. */
  void keep(String name) throws IOException {
    browser.shot(SHOTS.resolve(name + ".png"));
  }

  /** What sticks out of the page at its right; empty when nothing does. */
  List<String> overflow() {
    return browser.texts(
        """
        const places = [document.documentElement];
        for (const e of document.querySelectorAll('vaadin-app-layout')) {
          places.push(e, ...e.shadowRoot.querySelectorAll('[content], [part=content]'));
        }
        for (const e of document.querySelectorAll('vaadin-grid')) {
          places.push(...e.shadowRoot.querySelectorAll('#table'));
        }
        const wide = places.filter((e) => e.scrollWidth > e.clientWidth && e.clientWidth > 0);
        if (!wide.length) return [];
        const most = Math.min(...wide.map((e) => e.getBoundingClientRect().left + e.clientWidth));
        return [...document.querySelectorAll('main *')].filter((e) => e.checkVisibility()
          && e.getBoundingClientRect().right > most + 1)
          .map((e) => e.tagName + '.' + e.className).slice(-9).concat('in ' + wide[0].tagName);
        """);
  }
}

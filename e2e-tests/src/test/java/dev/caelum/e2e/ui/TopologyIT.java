package dev.caelum.e2e.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.e2e.lan.InLab;
import dev.caelum.e2e.lan.Lab;
import dev.caelum.e2e.stage.Scene;
import dev.caelum.e2e.stage.StageNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/** The map, the events and the wall view in a browser; how they look is for {@link ViewsIT}. */
@InLab
@ExtendWith(BrowserExtension.class)
class TopologyIT {
  private static final String FOCUSED = "return document.activeElement?.dataset?.id ?? ''";

  @Test
  @DisplayName("On the map the focus survives a push, arrows move it, Enter opens; events, wall")
  void mapEventsAndWall(Lab lab, Browser browser) throws Exception {
    try (StageNode node = new StageNode(Scene.usual());
        DashboardProcess dashboard = DashboardProcess.showing(lab, node.uri())) {
      browser.look(1280, 900, false);
      browser.open(dashboard.uri() + "topology?servers=on");
      browser.find("caelum-topology g[data-kind=machine]");
      browser.run("document.querySelector('caelum-topology g[data-kind=self]').focus()");
      browser.press(Keys.ARROW_DOWN);
      String focused = browser.ask(String.class, FOCUSED);
      assertThat(focused).startsWith("m:").doesNotContain("alpha");
      String name =
          browser.ask(String.class, "return document.activeElement.getAttribute('aria-label')");
      assertThat(name).contains(", ");
      long before = revision(browser);
      node.play(Scene.usual());
      browser.await(
          "a push", "return Number(document.documentElement.dataset.rev) > arguments[0]", before);
      assertThat(browser.ask(String.class, FOCUSED)).isEqualTo(focused);
      String picture =
          browser.ask(
              String.class, "return document.querySelector('caelum-topology').export().text");
      assertThat(picture).startsWith("<svg").contains("stroke-dasharray").doesNotContain("var(");
      browser.press(Keys.ENTER);
      browser.await(
          "the machine in detail",
          "return location.pathname.endsWith('/machines')"
              + " && new URLSearchParams(location.search).get('sel') === arguments[0]"
              + " && document.querySelector('[data-testid=machine-panel]') !== null",
          focused.substring(2));

      browser.run("localStorage.setItem('caelum.events.last', String(Date.now() - 12 * 60000))");
      browser.open(dashboard.uri() + "events");
      browser.find("[data-testid=event-divider]");
      assertThat(
              browser.ask(
                  Long.class,
                  "return [...document.querySelector('[data-testid=event-list]').children]"
                      + ".findIndex((each) => each.classList.contains('divider'))"))
          .isEqualTo(1);

      browser.open(dashboard.uri() + "kiosk?theme=dark");
      browser.find("[data-testid=kiosk-tiles] li");
      assertThat(
              browser.ask(
                  Boolean.class,
                  "return document.querySelector('vaadin-side-nav').checkVisibility()"
                      + " || !document.getElementById('caelum-pill').checkVisibility()"
                      + " || document.documentElement.style.colorScheme !== 'dark'"))
          .isFalse();
      browser.click("[data-testid=kiosk-leave]");
      browser.find("vaadin-side-nav");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static long revision(Browser browser) {
    return browser.ask(Long.class, "return Number(document.documentElement.dataset.rev)");
  }
}

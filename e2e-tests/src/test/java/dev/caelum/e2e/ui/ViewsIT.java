package dev.caelum.e2e.ui;

import dev.caelum.e2e.lan.InLab;
import dev.caelum.e2e.lan.Lab;
import dev.caelum.e2e.stage.Scene;
import dev.caelum.e2e.stage.StageNode;
import dev.caelum.e2e.ui.Looks.Look;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every view with all its parts filled, as a node on the stage tells them. */
@InLab
@ExtendWith(BrowserExtension.class)
class ViewsIT {
  /** Elements that no view of ours has: a text has become one. */
  private static final String INTRUDERS =
      "return [...document.querySelectorAll('iframe, object, embed, img:not([src^=\"icons/\"]),"
          + " script:not([src]):not([type]), [onerror], [onclick], [onmouseover],"
          + " [href^=javascript]')].map((e) => e.outerHTML.slice(0, 200))";

  @Test
  @DisplayName("Each view keeps to WCAG 2.2 AA and fits: light, dark, on a phone, at 200 % zoom")
  void everyViewIsAccessibleAndFits(Lab lab, Browser browser) throws Exception {
    try (StageNode node = new StageNode(Scene.usual());
        DashboardProcess dashboard = DashboardProcess.showing(lab, node.uri())) {
      SoftAssertions found = new SoftAssertions();
      Looks looks = new Looks(browser, dashboard, "");
      for (Look look : looks.all()) {
        String name = look.name();
        looks.open(look);
        looks.at(Looks.WIDE, false);
        looks.keep(name);
        found.assertThat(looks.overflow()).as("%s, wide", name).isEmpty();
        found.assertThat(browser.accessibilityFaults()).as(name).isEmpty();
        looks.at(Looks.WIDE, true);
        looks.keep(name + "-dark");
        found.assertThat(browser.contrastFaults()).as("%s, dark", name).isEmpty();
        looks.at(Looks.ZOOMED, true);
        found.assertThat(looks.overflow()).as("%s, zoomed", name).isEmpty();
        looks.at(Looks.NARROW, false);
        looks.keep(name + "-narrow");
        found.assertThat(looks.overflow()).as("%s, narrow", name).isEmpty();
        found.assertThat(browser.accessibilityFaults()).as("%s, narrow", name).isEmpty();
      }
      found.assertThat(browser.complaints()).isEmpty();
      found.assertAll();
    }
  }

  @Test
  @DisplayName("An attack in every field stays text in each view, and breaks no layout")
  void hostileTextsStayText(Lab lab, Browser browser) throws Exception {
    try (StageNode node = new StageNode(Scene.usual());
        DashboardProcess dashboard = DashboardProcess.showing(lab, node.uri())) {
      SoftAssertions found = new SoftAssertions();
      Looks looks = new Looks(browser, dashboard, "");
      var all = looks.all();
      List<String> usual = browser.texts(INTRUDERS);
      node.play(Scene.hostile());
      for (Look look : all) {
        looks.open(look);
        // Where there is the least room; the time for both widths is spent on usual texts.
        looks.at(Looks.NARROW, false);
        looks.keep("hostile/" + look.name() + "-narrow");
        found.assertThat(looks.overflow()).as("%s, narrow", look.name()).isEmpty();
        found
            .assertThat(browser.texts(INTRUDERS))
            .as("%s: a text became an element", look.name())
            .isEqualTo(usual);
        found
            .assertThat(browser.ask(Boolean.class, "return window.hit === undefined"))
            .as("%s: nothing ran", look.name())
            .isTrue();
      }
      found.assertThat(browser.complaints()).isEmpty();
      found.assertAll();
    }
  }
}

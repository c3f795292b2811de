package dev.caelum.e2e.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.e2e.lan.InLab;
import dev.caelum.e2e.lan.Lab;
import dev.caelum.e2e.stage.Scene;
import dev.caelum.e2e.stage.StageNode;
import dev.caelum.e2e.ui.Looks.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/** The page for people who read German, use the keyboard alone, print, or need high contrast. */
@InLab
@ExtendWith(BrowserExtension.class)
class ReadersIT {
  private static final Path TEXTS =
      Path.of(System.getProperty("caelum.root", ".."), "ui/src/main/resources/vaadin-i18n");

  /** All that is read on the page, but for what is marked as English. */
  private static final String READ =
      """
      const read = new Set();
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT);
      while (walker.nextNode()) {
        const e = walker.currentNode;
        if (e.closest('[lang=en], script, style, noscript') || !e.checkVisibility()) continue;
        for (const child of e.childNodes) if (child.nodeType === 3) read.add(child.data.trim());
        for (const name of ['aria-label', 'title', 'placeholder', 'label', 'helper-text']) {
          if (e.getAttribute(name)) read.add(e.getAttribute(name).trim());
        }
      }
      return [...read];
      """;

  /** Words that do not fit into their place. */
  private static final String CUT =
      """
      return [...document.querySelectorAll('h1, h2, h3, dt, vaadin-button, vaadin-tab, .label,'
        + ' vaadin-side-nav-item, .badge, .mark, label')].filter((e) => e.checkVisibility()
        && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline')
        .map((e) => e.textContent.trim());
      """;

  /** The element that has the focus, where it is, and whether one sees that. */
  private static final String FOCUS =
      """
      let e = document.activeElement;
      while (e.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
      const box = e.getBoundingClientRect();
      const ring = (s) => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0)
        || s.boxShadow !== 'none';
      let seen = false;
      for (let at = e, i = 0; at && i < 6; i++, at = at.parentElement ?? at.getRootNode().host) {
        if (at.nodeType === 1 && at !== document.body && (['', '::before', '::after']
          .some((part) => ring(getComputedStyle(at, part))) || at.hasAttribute('focus-ring'))) seen = true;
      }
      const host = document.activeElement;
      const region = host.closest('header') ? 'header' : host.closest('vaadin-side-nav') ? 'views'
        : host.closest('main') ? 'content' : 'elsewhere';
      return [region, String(seen && box.width > 0 && box.top >= 0 && box.left >= 0
        && box.top < innerHeight), host.outerHTML.slice(0, 160)];
      """;

  @Test
  @DisplayName("A German page has no English word of ours, and none that is cut off")
  void germanIsCompleteAndFits(Lab lab, Browser browser) throws Exception {
    Properties english = texts("translations.properties");
    Properties german = texts("translations_de.properties");
    TreeSet<String> foreign = new TreeSet<>();
    english.forEach((key, text) -> foreign.add(text.toString()));
    german.values().forEach(foreign::remove);
    try (StageNode node = new StageNode(Scene.usual());
        DashboardProcess dashboard = DashboardProcess.showing(lab, node.uri())) {
      SoftAssertions found = new SoftAssertions();
      Looks looks = new Looks(browser, dashboard, "lang=de");
      for (Look look : looks.all()) {
        looks.open(look);
        looks.at(Looks.WIDE, false);
        looks.keep("german/" + look.name());
        found
            .assertThat(browser.ask(String.class, "return document.documentElement.lang"))
            .isEqualTo("de");
        found.assertThat(browser.texts(READ)).as(look.name()).doesNotContainAnyElementsOf(foreign);
        found.assertThat(browser.texts(CUT)).as("%s, cut", look.name()).isEmpty();
        if (look.press().isEmpty()) {
          looks.at(Looks.NARROW, false);
          looks.keep("german/" + look.name() + "-narrow");
          found.assertThat(looks.overflow()).as("%s, narrow", look.name()).isEmpty();
          found.assertThat(browser.texts(CUT)).as("%s, narrow", look.name()).isEmpty();
        }
      }
      found.assertThat(browser.complaints()).isEmpty();
      found.assertAll();
    }
  }

  private static Properties texts(String file) throws IOException {
    Properties texts = new Properties();
    try (var reader = Files.newBufferedReader(TEXTS.resolve(file))) {
      texts.load(reader);
    }
    assertThat(texts).isNotEmpty();
    return texts;
  }

  @Test
  @DisplayName("By keyboard: skip link, header, views, content; a row opens, Escape leads back")
  void theKeyboardIsEnough(Lab lab, Browser browser) throws Exception {
    try (StageNode node = new StageNode(Scene.usual());
        DashboardProcess dashboard = DashboardProcess.showing(lab, node.uri())) {
      Looks looks = new Looks(browser, dashboard, "");
      Look status = new Look("status", "", "");
      looks.open(status);
      browser.press(Keys.TAB);
      assertThat(browser.find(".skip").equals(browser.focused())).as("the skip link").isTrue();
      looks.keep("keyboard/skip");
      browser.press(Keys.ENTER);
      browser.press(Keys.TAB);
      assertThat(browser.texts(FOCUS).getFirst()).as("behind the skip link").isEqualTo("content");

      looks.open(status);
      SoftAssertions found = new SoftAssertions();
      List<String> regions = List.of("header", "views", "content");
      int region = 0;
      for (int i = 0; i < 40 && !inRows(browser); i++) {
        browser.press(Keys.TAB);
        List<String> focus = browser.texts(FOCUS);
        int next = regions.indexOf(focus.getFirst());
        found.assertThat(next).as("order: %s", focus.get(2)).isGreaterThanOrEqualTo(region);
        found.assertThat(focus.get(1)).as("seen: %s", focus.get(2)).isEqualTo("true");
        region = next;
      }
      found.assertThat(inRows(browser)).as("the machines are reached").isTrue();
      found.assertAll();
      browser.press(Keys.ARROW_DOWN);
      looks.keep("keyboard/row");
      browser.press(Keys.ENTER);
      browser.find("[data-testid=why]");
      browser.press(Keys.ESCAPE);
      browser.await("no dialog", "return !document.querySelector('vaadin-dialog[opened]')");
      browser.await(
          "the focus where it was", "return document.activeElement?.dataset.testid === 'machines'");
    }
  }

  /** Whether the focus is on a row of the machines. */
  private static boolean inRows(Browser browser) {
    return browser.ask(
        Boolean.class,
        "const e = document.activeElement; return e?.dataset.testid === 'machines'"
            + " && e.shadowRoot.activeElement?.closest('tbody') != null");
  }

  @Test
  @DisplayName(
      "After an update, on paper, in high contrast, without motion, without JavaScript, in an old browser")
  void otherWaysToReadAre(Lab lab, Browser browser) throws Exception {
    try (StageNode node = new StageNode(Scene.usual());
        DashboardProcess dashboard = DashboardProcess.showing(lab, node.uri())) {
      Looks looks = new Looks(browser, dashboard, "");
      looks.open(new Look("status", "", ""));
      browser.run(
          "sessionStorage.setItem('caelum.version', '0.1.0');"
              + " sessionStorage.setItem('caelum.lost', '1')");
      looks.open(new Look("status", "", ""));
      browser.await(
          "word of the update",
          "return document.getElementById('caelum-toast').textContent"
              + " === 'Connected again. The node was updated to 0.2.0 meanwhile.'");
      for (Look look : List.of(new Look("status", "", ""), new Look("machines", "machines", ""))) {
        looks.open(look);
        browser.look(1123, 794, true);
        browser.media("print", Map.of("prefers-color-scheme", "dark"));
        browser.await(
            "paper that is white, without navigation",
            "return getComputedStyle(document.body).backgroundColor === 'rgb(255, 255, 255)'"
                + " && !document.querySelector('vaadin-side-nav').checkVisibility()"
                + " && !document.querySelector('header').checkVisibility()");
        looks.keep("print/" + look.name());
        browser.print(Path.of("target", "screenshots", "print", look.name() + ".pdf"));
      }
      looks.open(new Look("ports", "ports", ""));
      browser.media("screen", Map.of("forced-colors", "active", "prefers-color-scheme", "dark"));
      looks.keep("contrast/ports");
      looks.open(new Look("status", "", ""));
      browser.media("screen", Map.of("forced-colors", "active", "prefers-color-scheme", "dark"));
      looks.keep("contrast/status");

      looks.open(new Look("tasks", "tasks", ""));
      browser.find("progress:indeterminate");
      browser.media("screen", Map.of("prefers-reduced-motion", "reduce"));
      browser.await(
          "no motion",
          "return document.getAnimations().every((each) => each.playState !== 'running')");

      browser.beforeEachPage("CSS.supports = () => false");
      browser.open(dashboard.uri().toString());
      assertThat(browser.find("#caelum-old").getText()).startsWith("This browser is too old");
      browser.scripts(false);
      browser.open(dashboard.uri() + "?lang=de");
      assertThat(browser.find("noscript p").getText()).contains("braucht JavaScript");
      looks.keep("noscript");
    }
  }
}

package dev.caelum.ui.view;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinResponse;
import jakarta.servlet.http.Cookie;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The languages of the page. A visitor gets the one that was chosen in this browser, else the first
 * of the browser's own that there is, else English; numbers are written by the habits of the
 * browser's region.
 */
final class Languages {
  /** Each has its file of translations; the first is that of all others. */
  static final List<Locale> OFFERED = List.of(Locale.ENGLISH, Locale.GERMAN);

  /** Keeps what was chosen; {@code caelum.js} writes it, too. */
  static final String COOKIE = "caelum-lang";

  /** Chooses a language by the address, for example {@code /machines?lang=de}. */
  static final String PARAMETER = "lang";

  private static final int YEAR_SECONDS = 365 * 24 * 3600;

  private Languages() {}

  /** That of the current page; English where there is none. */
  static Locale current() {
    UI ui = UI.getCurrent();
    return ui == null ? OFFERED.getFirst() : ui.getLocale();
  }

  /** The language for whoever sent {@code request}, with the region where the browser tells one. */
  static Locale of(VaadinRequest request) {
    List<Locale> wished =
        request.getHeader("Accept-Language") == null
            ? List.of()
            : Collections.list(request.getLocales());
    Locale language =
        asked(request)
            .or(() -> chosen(request))
            .or(() -> wished.stream().flatMap(each -> offered(each.getLanguage())).findFirst())
            .orElse(OFFERED.getFirst());
    return wished.stream()
        .filter(each -> each.getLanguage().equals(language.getLanguage()))
        .findFirst()
        .orElse(language);
  }

  /** The language that was chosen in this browser; empty when it goes by the browser's own. */
  static Optional<Locale> chosen(VaadinRequest request) {
    Cookie[] cookies = request.getCookies();
    return cookies == null
        ? Optional.empty()
        : Arrays.stream(cookies)
            .filter(each -> each.getName().equals(COOKIE))
            .flatMap(each -> offered(each.getValue()))
            .findFirst();
  }

  private static Optional<Locale> asked(VaadinRequest request) {
    String asked = request.getParameter(PARAMETER);
    return asked == null ? Optional.empty() : offered(asked).findFirst();
  }

  private static Stream<Locale> offered(String language) {
    return OFFERED.stream().filter(each -> each.getLanguage().equalsIgnoreCase(language));
  }

  /** Keeps in the browser what the address of {@code request} chooses. */
  static void remember(VaadinRequest request, VaadinResponse response) {
    asked(request)
        .ifPresent(language -> {
          Cookie cookie = new Cookie(COOKIE, language.getLanguage());
          cookie.setPath(request.getContextPath() + "/");
          cookie.setMaxAge(YEAR_SECONDS);
          cookie.setAttribute("SameSite", "Strict");
          response.addCookie(cookie);
        });
  }

  /**
   * Loads {@code page} anew in {@code language} and keeps that in this browser; null: by the
   * browser's own again.
   */
  static void choose(UI page, @Nullable Locale language) {
    page.getPage()
        .executeJs("window.caelum.speak($0)", language == null ? "" : language.getLanguage());
  }
}

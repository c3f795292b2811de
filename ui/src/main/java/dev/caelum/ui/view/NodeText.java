package dev.caelum.ui.view;

import com.vaadin.flow.dom.Element;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the node says. It speaks English and is marked so, for who has the page read out; where it
 * tells a code, too, other languages have their own words under {@code node.}.
 */
final class NodeText {
  private static final String FAILURE = "node.failure.";
  private static final String ATTEMPT = "node.attempt.";
  private static final String HINT = ".hint";

  private NodeText() {}

  /**
   * One sentence.
   *
   * @param language of the sentence, as in {@code lang}
   */
  record Said(String text, String language) {
    /** Shows it as the text of {@code element}. */
    void into(Element element) {
      element.setText(text);
      element.setAttribute("lang", language);
    }
  }

  /** The node's own sentence; none when null. */
  static Said of(@Nullable String text) {
    return new Said(text == null ? "" : text, Locale.ENGLISH.getLanguage());
  }

  /**
   * Why a connection failed.
   *
   * @param text the node's words
   * @param endpoint {@code host:port} that was dialled; null when unknown
   */
  static Said failure(
      @Nullable String code,
      @Nullable String text,
      @Nullable String hostname,
      @Nullable String endpoint) {
    return said(FAILURE + code, text, hostname, endpoint);
  }

  /** What to do about it; none when the node has no advice. */
  static Said hint(
      @Nullable String code,
      @Nullable String hint,
      @Nullable String hostname,
      @Nullable String endpoint) {
    return hint == null || hint.isEmpty()
        ? of("")
        : said(FAILURE + code + HINT, hint, hostname, endpoint);
  }

  /** How far the contact with {@code endpoint} is; {@code millis} that it took. */
  static Said attempt(
      boolean connected,
      @Nullable String text,
      @Nullable String hostname,
      String endpoint,
      @Nullable Long millis) {
    Object[] names = Arrays.copyOf(names(hostname, endpoint), 6);
    names[5] = millis == null ? Words.UNKNOWN : millis;
    return said(ATTEMPT + (connected ? "connected" : "pending"), text, names);
  }

  private static Said said(
      String key, @Nullable String text, @Nullable String hostname, @Nullable String endpoint) {
    return endpoint == null ? of(text) : said(key, text, names(hostname, endpoint));
  }

  /** The page's own text under {@code key} where its language has one, else the node's. */
  static Said said(String key, @Nullable String text, Object... values) {
    String own = Words.ifAny(key, values);
    return own == null ? of(text) : new Said(own, Languages.current().getLanguage());
  }

  /** Name and host, port, endpoint, host, and the short name. */
  private static Object[] names(@Nullable String hostname, String endpoint) {
    int colon = endpoint.lastIndexOf(':');
    String host = colon < 0 ? endpoint : endpoint.substring(0, colon);
    String port = colon < 0 ? "" : endpoint.substring(colon + 1);
    if (hostname == null || hostname.isBlank() || hostname.equals(host)) {
      return new Object[] {endpoint, port, endpoint, host, endpoint};
    }
    String name = Words.name(hostname);
    return new Object[] {name + " (" + host + ")", port, endpoint, host, name};
  }
}

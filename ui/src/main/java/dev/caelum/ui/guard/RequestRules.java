package dev.caelum.ui.guard;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that a foreign page or a rebound name sends: {@code Host} must be this
 * machine's, and an {@code Origin}, when sent, must be the page's own.
 */
public final class RequestRules {
  private final OwnNames names;

  /** Why a request is refused, as the API spells it. */
  public enum Refusal {
    BAD_HOST(421, "Misdirected Request", "The Host header names another machine."),
    BAD_ORIGIN(403, "Forbidden", "The Origin header names another site."),
    TOO_MANY_SESSIONS(503, "Service Unavailable", "Too many pages are open. Try again in 2 min.");

    private final int status;
    private final String title;
    private final String detail;

    Refusal(int status, String title, String detail) {
      this.status = status;
      this.title = title;
      this.detail = detail;
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }

    /** The answer's {@code application/problem+json}. */
    public String problem() {
      return """
      {"type":"about:blank","title":"%s","status":%d,"detail":"%s","code":"%s"}\
      """
          .formatted(title, status, detail, name().toLowerCase(Locale.ROOT));
    }
  }

  public RequestRules(OwnNames names) {
    this.names = names;
  }

  /** Empty when the request may pass. */
  public Optional<Refusal> judge(@Nullable String host, @Nullable String origin) {
    if (host == null || !names.isName(name(host))) {
      return Optional.of(Refusal.BAD_HOST);
    }
    if (origin != null && !sameSite(origin, host)) {
      return Optional.of(Refusal.BAD_ORIGIN);
    }
    return Optional.empty();
  }

  private static boolean sameSite(String origin, String host) {
    try {
      String authority = URI.create(origin).getRawAuthority();
      return authority != null && authority.equalsIgnoreCase(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The host of {@code host:port}, brackets of an IPv6 literal kept. */
  private static String name(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
  }
}

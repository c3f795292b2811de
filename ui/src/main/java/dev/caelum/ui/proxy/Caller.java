package dev.caelum.ui.proxy;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Where a request came from, as the node is told: the addresses a caller's own {@code
 * X-Forwarded-For} names, then the address that really called. The node grants rights only when all
 * of them are its machine's, so a forged header can but lower them, and a reverse proxy on this
 * machine does not lift its visitors.
 */
public final class Caller {
  private static final int MAX_LENGTH = 500;

  private Caller() {}

  /** The value of {@code X-Forwarded-For} for {@code request}. */
  public static String of(HttpServletRequest request) {
    String claimed =
        Collections.list(request.getHeaders("X-Forwarded-For")).stream()
            .map(header -> header.replaceAll("[^0-9A-Fa-f.:, \\[\\]]", "?"))
            .collect(Collectors.joining(", "));
    if (claimed.length() > MAX_LENGTH) {
      claimed = "?";
    }
    String remote = Objects.requireNonNullElse(request.getRemoteAddr(), "?");
    return claimed.isBlank() ? remote : claimed + ", " + remote;
  }
}

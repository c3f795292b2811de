package dev.caelum.http;

import jakarta.json.bind.annotation.JsonbTransient;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error as {@code application/problem+json} (RFC 9457).
 *
 * @param error the detail again, under the key that old scripts look for
 * @param keys the rows to choose from; null but for {@code duplicate_id}
 * @param fields what is wrong with each setting; null but for {@code bad_settings}
 * @param retryAfter seconds, sent as a header; null when a retry does not help
 */
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String error,
    String code,
    @Nullable String hint,
    @Nullable List<String> keys,
    @Nullable Map<String, String> fields,
    @JsonbTransient @Nullable Long retryAfter) {

  static Problem of(int status, String code, String detail) {
    return new Problem(
        "urn:caelum:problem:" + code,
        title(status),
        status,
        detail,
        detail,
        code,
        null,
        null,
        null,
        null);
  }

  Problem hint(@Nullable String hint) {
    return new Problem(type, title, status, detail, error, code, hint, keys, fields, retryAfter);
  }

  Problem keys(List<String> keys) {
    return new Problem(type, title, status, detail, error, code, hint, keys, fields, retryAfter);
  }

  Problem fields(Map<String, String> fields) {
    return new Problem(type, title, status, detail, error, code, hint, keys, fields, retryAfter);
  }

  Problem retryAfter(long seconds) {
    return new Problem(type, title, status, detail, error, code, hint, keys, fields, seconds);
  }

  /** This problem, to be thrown at the caller. */
  Refused refused() {
    return new Refused(this);
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad request";
      case 403 -> "Forbidden";
      case 404 -> "Not found";
      case 405 -> "Method not allowed";
      case 409 -> "Conflict";
      case 410 -> "Gone";
      case 413 -> "Too large";
      case 415 -> "Unsupported media type";
      case 422 -> "Cannot be done";
      case 421 -> "Misdirected request";
      case 429 -> "Too many requests";
      case 501 -> "Not implemented";
      case 503 -> "Unavailable";
      default -> "Internal error";
    };
  }

  /** Ends the handling of a request with a problem for its caller. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    private Refused(Problem problem) {
      super(problem.detail(), null, false, false);
      this.problem = problem;
    }

    Problem problem() {
      return problem;
    }
  }
}

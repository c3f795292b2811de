package dev.caelum.http;

import io.helidon.webserver.http.ServerRequest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Times in query parameters: ISO 8601 with a zone, or so long ago. */
final class TimeParameter {
  private static final String RULE = "a time like 2026-01-31T12:00:00Z or an age like 15m, 6h, 7d";

  private TimeParameter() {}

  /** The time under {@code name}, or {@code otherwise} when the parameter is not there. */
  static Instant of(ServerRequest request, String name, Instant now, Instant otherwise) {
    String text = Bodies.parameter(request, name);
    if (text == null) {
      return otherwise;
    }
    try {
      return text.matches("[0-9]{1,6}[smhd]") ? now.minus(age(text)) : time(text);
    } catch (DateTimeException e) {
      throw Bodies.badParameter(name, RULE).refused();
    }
  }

  private static Duration age(String text) {
    long count = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 's' -> Duration.ofSeconds(count);
      case 'm' -> Duration.ofMinutes(count);
      case 'h' -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  private static Instant time(String text) {
    Instant time = OffsetDateTime.parse(text).toInstant();
    if (time.isBefore(Instant.EPOCH) || time.getEpochSecond() > 1L << 33) {
      throw new DateTimeException("too far away");
    }
    return time;
  }
}

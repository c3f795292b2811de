package dev.caelum.mcp;

import dev.caelum.service.Service;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Why a service cannot be used. */
final class NotReady {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss z").withZone(ZoneId.systemDefault());

  private NotReady() {}

  /** {@code down since TIME: reason}. */
  static String text(Service service) {
    String state = service.state().code().replace('_', ' ');
    String since = TIME.format(Instant.ofEpochMilli(service.sinceMillis()));
    return state + " since " + since + (service.reason().isEmpty() ? "" : ": " + service.reason());
  }
}

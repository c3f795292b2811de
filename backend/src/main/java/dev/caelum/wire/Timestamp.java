package dev.caelum.wire;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as old nodes write and read them: ISO-8601 with microseconds and a numeric offset. */
public final class Timestamp {
  // Python before 3.11 does not read the letter Z as an offset.
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx");

  private Timestamp() {}

  /** Now, by the system's clock. */
  public static String now() {
    return now(Clock.systemUTC());
  }

  /** Now, by {@code clock}. */
  public static String now(Clock clock) {
    return of(OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
  }

  static String of(OffsetDateTime time) {
    return FORMAT.format(time);
  }
}

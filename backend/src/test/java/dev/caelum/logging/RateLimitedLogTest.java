package dev.caelum.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class RateLimitedLogTest {
  private final List<String> lines = new ArrayList<>();
  private long now = Long.MAX_VALUE - 5;
  private final RateLimitedLog log = new RateLimitedLog(logger(), () -> now);

  @Test
  void aFloodOfOneReasonIsOneLineAMinuteAndTheNextTellsHowManyWereLeftOut() {
    for (int i = 0; i < 1_000; i++) {
      log.warning("too_long", () -> "datagram too long");
    }
    now += TimeUnit.SECONDS.toNanos(60);
    log.warning("too_long", () -> "datagram too long");

    assertThat(lines)
        .containsExactly("datagram too long", "datagram too long (999 more like this left out)");
  }

  @Test
  void anotherReasonHasItsOwnLine() {
    log.warning("too_long", () -> "a");
    log.warning("not_json", () -> "b");
    assertThat(lines).containsExactly("a", "b");
  }

  @Test
  void aQuietMinuteLeavesNothingOut() {
    log.warning("too_long", () -> "a");
    now += TimeUnit.MINUTES.toNanos(3);
    log.warning("too_long", () -> "b");
    assertThat(lines).containsExactly("a", "b");
  }

  @Test
  void reasonsBeyondTheBoundShareOneLine() {
    for (int i = 0; i < 10_000; i++) {
      String reason = "reason " + i;
      log.warning(reason, () -> reason);
    }
    assertThat(lines).hasSize(RateLimitedLog.MAX_REASONS + 1);
  }

  private Logger logger() {
    Logger logger = Logger.getAnonymousLogger();
    logger.setUseParentHandlers(false);
    logger.setLevel(Level.INFO);
    logger.addHandler(
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            lines.add(entry.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        });
    return logger;
  }
}

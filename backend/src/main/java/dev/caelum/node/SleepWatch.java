package dev.caelum.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import java.util.logging.Logger;

/**
 * Sees that this machine slept. On Linux the clock that {@link System#nanoTime} reads stands still
 * in a suspend (CLOCK_MONOTONIC) while the uptime goes on (CLOCK_BOOTTIME), whoever sets the wall
 * clock meanwhile. Elsewhere the wall clock stands in for the uptime: one that is set forward by
 * more than 30 s counts as sleep there.
 */
final class SleepWatch {
  private static final Logger LOG = Logger.getLogger(SleepWatch.class.getName());
  private static final Path UPTIME = Path.of("/proc/uptime");

  /** Less may be a busy machine; leases end by themselves within that. */
  static final long JUMP_MILLIS = 30_000;

  private final LongSupplier through;
  private final LongSupplier awake;
  private long ahead;

  /**
   * @param through milliseconds that go on while the machine sleeps
   * @param awake milliseconds that do not
   */
  SleepWatch(LongSupplier through, LongSupplier awake) {
    this.through = through;
    this.awake = awake;
    this.ahead = ahead();
  }

  /** That of this machine. */
  static SleepWatch here() {
    LongSupplier through =
        Files.isReadable(UPTIME) ? () -> uptimeMillis(UPTIME) : System::currentTimeMillis;
    return new SleepWatch(through, () -> System.nanoTime() / 1_000_000);
  }

  /** Whether it slept since the last call. */
  boolean slept() {
    long now;
    try {
      now = ahead();
    } catch (UncheckedIOException e) {
      LOG.fine("Whether this machine slept cannot be seen: " + e);
      return false;
    }
    boolean slept = now - ahead > JUMP_MILLIS;
    ahead = now;
    return slept;
  }

  private long ahead() {
    return through.getAsLong() - awake.getAsLong();
  }

  /** Its first number is seconds since the start of the system. */
  static long uptimeMillis(Path file) {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      String line = String.valueOf(reader.readLine());
      return (long) (Double.parseDouble(line.substring(0, line.indexOf(' '))) * 1_000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new UncheckedIOException(new IOException(file + " holds no uptime", e));
    }
  }
}

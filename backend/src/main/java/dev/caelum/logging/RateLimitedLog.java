package dev.caelum.logging;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Writes at most one line a minute for each reason, and tells in the next one how many it left out.
 *
 * <p>For whatever strangers can cause: a flood of bad datagrams costs one line a minute. At most
 * {@value #MAX_REASONS} reasons are told apart; further ones share one budget. Safe for use by many
 * threads, never blocks.
 */
public final class RateLimitedLog {
  static final int MAX_REASONS = 64;
  private static final long PERIOD_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final String FURTHER_REASONS = "\0further";

  private final Logger logger;
  private final LongSupplier nanoTime;
  private final ConcurrentHashMap<String, Budget> budgets = new ConcurrentHashMap<>();

  /** Writes to {@code logger}, on the monotonic clock. */
  public RateLimitedLog(Logger logger) {
    this(logger, System::nanoTime);
  }

  /**
   * Writes to {@code logger}, on a clock of the caller's.
   *
   * @param nanoTime monotonic nanoseconds
   */
  public RateLimitedLog(Logger logger, LongSupplier nanoTime) {
    this.logger = logger;
    this.nanoTime = nanoTime;
  }

  /** Writes a warning unless {@code reason} had a line within the last minute. */
  public void warning(String reason, Supplier<String> text) {
    log(Level.WARNING, reason, text);
  }

  /**
   * Writes a line unless {@code reason} had one within the last minute.
   *
   * @param reason one of a few fixed words; never text from the network
   * @param text built only when the line is written
   */
  public void log(Level level, String reason, Supplier<String> text) {
    if (!logger.isLoggable(level)) {
      return;
    }
    long now = nanoTime.getAsLong();
    Budget budget = budget(reason, now);
    long due = budget.due.get();
    if (now - due < 0 || !budget.due.compareAndSet(due, now + PERIOD_NANOS)) {
      budget.leftOut.incrementAndGet();
      return;
    }
    long leftOut = budget.leftOut.getAndSet(0);
    logger.log(
        level,
        () ->
            leftOut == 0 ? text.get() : text.get() + " (" + leftOut + " more like this left out)");
  }

  private Budget budget(String reason, long now) {
    Budget known = budgets.get(reason);
    if (known != null) {
      return known;
    }
    String name = budgets.size() < MAX_REASONS ? reason : FURTHER_REASONS;
    return budgets.computeIfAbsent(name, _ -> new Budget(now));
  }

  private static final class Budget {
    final AtomicLong due;
    final AtomicLong leftOut = new AtomicLong();

    Budget(long now) {
      due = new AtomicLong(now);
    }
  }
}

package dev.caelum.e2e.lan;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Asks again until an answer is the wanted one. */
final class Eventually {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final long PAUSE_NANOS = 100_000_000;

  private Eventually() {}

  /** The first answer that is {@code wanted}, within 20 s. */
  static <T> T get(Callable<T> question, Predicate<T> wanted) throws Exception {
    return get(LIMIT, question, wanted);
  }

  /** Waits until {@code time} has passed since {@code start}, a moment of System.nanoTime. */
  static void passed(long start, Duration time) throws Exception {
    get(time.multipliedBy(2), System::nanoTime, now -> now - start > time.toNanos());
  }

  /** The first answer that is {@code wanted}; after {@code limit} a failure with the last one. */
  static <T> T get(Duration limit, Callable<T> question, Predicate<T> wanted) throws Exception {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      T answer = question.call();
      if (wanted.test(answer)) {
        return answer;
      }
      if (System.nanoTime() > end) {
        throw new AssertionError("still not after " + limit + ": " + answer);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}

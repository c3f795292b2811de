package dev.caelum.task;

import java.util.random.RandomGenerator;

/**
 * Ids of tasks, in the layout of ULID (48 bits of time, 80 of chance, Crockford's base 32): they
 * sort by time of submission, which keeps the index of a store compact.
 */
public final class TaskIds {
  private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

  private TaskIds() {}

  /** A new id; {@code millis} since 1970. */
  public static String next(long millis, RandomGenerator random) {
    var id = new StringBuilder(28).append("t-");
    digits(id, millis, 10);
    digits(id, random.nextLong(), 8);
    digits(id, random.nextLong(), 8);
    return id.toString();
  }

  private static void digits(StringBuilder id, long value, int count) {
    for (int shift = (count - 1) * 5; shift >= 0; shift -= 5) {
      id.append(DIGITS.charAt((int) (value >>> shift & 31)));
    }
  }
}

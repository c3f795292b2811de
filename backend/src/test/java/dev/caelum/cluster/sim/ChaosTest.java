package dev.caelum.cluster.sim;

import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens to a LAN: the rules hold at every step, and afterwards all see all. */
class ChaosTest {
  private static final long FIRST = Long.getLong("caelum.sim.seed", 1);
  private static final int RUNS = Integer.getInteger("caelum.sim.runs", 250);

  @Test
  void everySeedEndsWithAllLinkedOnce() {
    for (long seed = FIRST; seed < FIRST + RUNS; seed++) {
      Chaos.run(seed);
    }
  }

  /**
   * Seeds that once failed: a member that moved was doubted at its old address until it was taken
   * for dead; two that were silent at once kept each other from being judged; an old address went
   * round with a new incarnation; a member's link was at another address than its row.
   */
  static LongStream kept() {
    return LongStream.of(
        401,
        1_795_370_075_916L,
        1_795_371_003_228L,
        1_795_371_013_831L,
        1_795_371_015_689L,
        1_795_378_328_304L,
        1_795_379_162_844L,
        1_795_379_983_949L,
        1_795_380_604_755L,
        1_795_500_115_438L);
  }

  @ParameterizedTest
  @MethodSource("kept")
  void whatOnceFailedHolds(long seed) {
    Chaos.run(seed);
  }

  @Test
  @Tag("soak")
  void seedsOfTenMinutesEndWithAllLinkedOnce() {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
    for (long seed = System.currentTimeMillis(); System.nanoTime() - end < 0; seed++) {
      Chaos.run(seed);
    }
  }
}

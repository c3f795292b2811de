package dev.caelum.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes dial each other at once: whatever the order of all messages, one link stays a pair. */
class DialStormTest {
  private static final int LIMIT = 40_000;

  @ParameterizedTest(name = "{0} and {1}, dialled by {2}")
  @CsvSource({
    "node-a, node-b, 01",
    "node-b, node-a, 01",
    "same, same, 01",
    "node-a, node-b, 0",
    "node-a, node-b, 1"
  })
  void oneLinkStaysInEveryOrder(String first, String second, String dialers) {
    Interleavings orders = new Interleavings();
    int[] dials = dialers.chars().map(digit -> digit - '0').toArray();
    int runs = orders.all(LIMIT, () -> new Storm(orders, first, second).run(dials));
    assertThat(runs).isBetween(dials.length == 1 ? 1 : 50, LIMIT - 1);
  }

  /** {@code -Dcaelum.sim.patterns=N} runs others than the first 10,000. */
  @Test
  void oneLinkAPairStaysInTenThousandRandomPatternsAndNobodyIsLost() {
    long first = Long.getLong("caelum.sim.patterns", 1);
    for (long seed = first; seed < first + 10_000; seed++) {
      DialPatterns.run(seed);
    }
  }
}

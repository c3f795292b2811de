package dev.caelum.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DispatchSimulationTest {
  @Test
  void everyTaskEndsOnceWhateverCrashes() {
    List<Integer> accepted = new ArrayList<>();
    int crashes = 0;
    for (long seed : DispatchSimulation.seeds(300)) {
      DispatchSimulation world = new DispatchSimulation(seed, 1 + (int) (seed % 7));
      try {
        world.run(120, 25);
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
      accepted.add(world.accepted);
      crashes += world.crashes;
    }
    assertThat(accepted).allMatch(n -> n > 60);
    assertThat(crashes).isGreaterThan(300);
  }
}

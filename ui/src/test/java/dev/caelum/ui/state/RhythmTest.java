package dev.caelum.ui.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RhythmTest {
  private final Rhythm rhythm = new Rhythm(0);
  private final List<Long> told = new ArrayList<>();
  private long now;

  @Test
  void aLoneTurnIsToldAtOnce() {
    pass(900, 0, false);
    rhythm.turned();
    assertThat(rhythm.dueIn(now)).isNotPositive();
  }

  @Test
  void aTurnAmongReadingsDoesNotWaitForTheirNextTime() {
    pass(10_000, 10, true);
    for (int i = 0; i < 20; i++) {
      pass(700 + 37 * i, 10, true);
      rhythm.turned();
      assertThat(rhythm.dueIn(now)).as("turn %s", i).isLessThanOrEqualTo(25);
    }
  }

  @Test
  void readingsAreToldTwiceASecondAndTurnsFourTimes() {
    pass(10_000, 10, true);
    assertThat(told).hasSizeBetween(19, 21);
    told.clear();
    pass(10_000, 10, false);
    assertThat(told).hasSizeBetween(40, 44);
  }

  @Test
  void withoutAnyChangeItBeats() {
    pass(10_000, 0, false);
    assertThat(told).hasSize(5);
  }

  /** Lets time pass, with a change every so many milliseconds. */
  private void pass(long millis, int every, boolean onlyReadings) {
    long end = now + millis;
    for (; now < end; now++) {
      if (every > 0 && now % every == 0) {
        if (onlyReadings) {
          rhythm.read();
        } else {
          rhythm.turned();
        }
      }
      if (rhythm.dueIn(now) <= 0) {
        told.add(now);
        rhythm.published(now);
      }
    }
  }
}

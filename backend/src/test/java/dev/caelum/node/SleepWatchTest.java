package dev.caelum.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SleepWatchTest {
  private long through = 5_000_000;
  private long awake = 100;
  private boolean unreadable;
  private final SleepWatch watch = new SleepWatch(this::through, () -> awake);

  private long through() {
    if (unreadable) {
      throw new UncheckedIOException(new java.io.IOException("gone"));
    }
    return through;
  }

  private boolean after(long throughMillis, long awakeMillis) {
    through += throughMillis;
    awake += awakeMillis;
    return watch.slept();
  }

  @Test
  void onlyTimeThatTheMachineWasNotAwakeForIsSleepAndIsToldOnce() {
    assertThat(after(1_000, 1_000)).isFalse();
    assertThat(after(3_600_000, 3_600_000)).as("a pause of this process").isFalse();
    assertThat(after(7_200_000, 900)).as("two hours of sleep").isTrue();
    assertThat(after(1_000, 1_000)).isFalse();
  }

  @Test
  void halfAMinuteMayBeABusyMachine() {
    assertThat(after(SleepWatch.JUMP_MILLIS, 0)).isFalse();
    assertThat(after(SleepWatch.JUMP_MILLIS + 1, 0)).isTrue();
  }

  @Test
  void aClockThatGoesBackIsNoSleep() {
    assertThat(after(-3_600_000, 1_000)).isFalse();
    assertThat(after(1_000, 1_000)).isFalse();
  }

  @Test
  void anUptimeThatCannotBeReadIsNoSleepThenOrLater() {
    unreadable = true;
    assertThat(after(1_000, 1_000)).isFalse();
    unreadable = false;
    assertThat(after(1_000, 1_000)).isFalse();
  }

  @Test
  void uptimeIsTheFirstNumberOfTheFile(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("uptime"), "73568.51 140012.90\n");
    assertThat(SleepWatch.uptimeMillis(file)).isEqualTo(73_568_510);
  }
}

package dev.caelum.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
  private static final AccessRules.Caller REMOTE = new AccessRules.Caller(false, "10.0.0.1");
  private static final AccessRules.Caller LOCAL = new AccessRules.Caller(true, "127.0.0.1");

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 10);
  private final RateLimits limits = new RateLimits(clock::get);

  @Test
  void aSourceHasABurstAndThenItsRate() {
    assertThat(allowed(REMOTE, false, 1_000)).isEqualTo(RateLimits.BURST);
    clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(500));
    assertThat(allowed(REMOTE, false, 1_000)).isEqualTo(RateLimits.PER_SECOND / 2);
    clock.addAndGet(TimeUnit.HOURS.toNanos(1));
    assertThat(allowed(REMOTE, false, 1_000)).isEqualTo(RateLimits.BURST);
  }

  @Test
  void writesAreRarer() {
    assertThat(allowed(REMOTE, true, 100)).isEqualTo(RateLimits.WRITES_PER_SECOND);
    assertThat(allowed(LOCAL, true, 100)).isEqualTo(100);
  }

  @Test
  void allSourcesTogetherHaveARateToo() {
    int allowed = 0;
    for (int i = 0; i < 2_000; i++) {
      if (limits.allow(new AccessRules.Caller(false, "10.0." + i / 250 + "." + i % 250), false)) {
        allowed++;
      }
    }
    assertThat(allowed).isEqualTo(RateLimits.ALL_PER_SECOND);
  }

  @Test
  void seatsForStreamsAreCountedAndComeBack() {
    for (int i = 0; i < RateLimits.STREAMS_PER_SOURCE; i++) {
      assertThat(limits.enter(REMOTE)).isTrue();
    }
    assertThat(limits.enter(REMOTE)).isFalse();
    assertThat(limits.streams()).isEqualTo(RateLimits.STREAMS_PER_SOURCE);
    limits.leave(REMOTE);
    assertThat(limits.enter(REMOTE)).isTrue();
    for (int i = limits.streams(); i < RateLimits.STREAMS; i++) {
      assertThat(limits.enter(LOCAL)).isTrue();
    }
    assertThat(limits.enter(LOCAL)).isFalse();
  }

  private int allowed(AccessRules.Caller caller, boolean write, int tries) {
    int allowed = 0;
    for (int i = 0; i < tries; i++) {
      if (limits.allow(caller, write)) {
        allowed++;
      }
    }
    return allowed;
  }
}

package dev.caelum.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.task.ResourceNeed;
import dev.caelum.work.Reservations.Answer;
import dev.caelum.work.Reservations.Reservation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ReservationsTest {
  private static final ResourceNeed ALL = new ResourceNeed(8, 16, 1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private long now = 42;
  private final Reservations reservations = new Reservations(() -> ALL, () -> now);

  @Test
  void whatIsReservedIsNotFreeUntilItIsReleased() {
    Reservation first = granted(new ResourceNeed(5, 4, 1));
    assertThat(reservations.free()).isEqualTo(new ResourceNeed(3, 12, 0));
    assertThat(reservations.list()).containsExactly(first);
    assertThat(refused(new ResourceNeed(4, 0, 0)).code()).isEqualTo("not_free");
    assertThat(refused(new ResourceNeed(0, 0, 1)).text()).contains("0 graphics cards");

    assertThat(reservations.release(first.id())).isNotNull();
    assertThat(reservations.release(first.id())).isNull();
    assertThat(reservations.free()).isEqualTo(ALL);
  }

  @Test
  void aReservationEndsByItselfUnlessItIsRenewed() {
    Reservation first = granted(new ResourceNeed(5, 0, 0));
    now += Duration.ofSeconds(50).toNanos();
    assertThat(reservations.renew(first.id(), MINUTE)).isNotNull();
    now += Duration.ofSeconds(59).toNanos();
    assertThat(Objects.requireNonNull(reservations.list().getFirst()).left())
        .isEqualTo(Duration.ofSeconds(1));
    now += Duration.ofSeconds(1).toNanos();
    assertThat(reservations.list()).isEmpty();
    assertThat(reservations.renew(first.id(), MINUTE)).isNull();
    assertThat(reservations.free()).isEqualTo(ALL);
  }

  @Test
  void moreThanThereIsAndNothingAreRefusedWithTheirReason() {
    assertThat(refused(new ResourceNeed(9, 0, 0)))
        .isEqualTo(
            new Answer.Refused(
                "too_much",
                "Asked for 9.0 cores, 0.0 GiB, 0 graphics cards; it has 8.0 cores, 16.0 GiB,"
                    + " 1 graphics cards"));
    assertThat(refused(ResourceNeed.NONE).code()).isEqualTo("nothing");
    assertThat(reservations.request("mia", new ResourceNeed(1, 0, 0), Duration.ofHours(25)))
        .isInstanceOfSatisfying(
            Answer.Refused.class, refusal -> assertThat(refusal.code()).isEqualTo("time"));
  }

  @Test
  void attemptsThatRunCountToo() {
    assertThat(reservations.take(1, new ResourceNeed(6, 0, 0))).isTrue();
    assertThat(reservations.take(2, new ResourceNeed(6, 0, 0))).isFalse();
    assertThat(refused(new ResourceNeed(3, 0, 0)).code()).isEqualTo("not_free");
    reservations.give(1);
    assertThat(reservations.take(2, new ResourceNeed(6, 0, 0))).isTrue();
  }

  @Test
  void howeverManyAskAtOnceNeverMoreIsReservedThanThereIs() throws Exception {
    List<Callable<Boolean>> askers = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      long number = i;
      askers.add(() -> {
        boolean all = true;
        for (int round = 0; round < 200; round++) {
          if (reservations.request("a", new ResourceNeed(3, 0, 0), MINUTE)
              instanceof Answer.Granted(Reservation mine)) {
            all &= within();
            reservations.release(mine.id());
          }
          if (reservations.take(number, new ResourceNeed(2.5, 0, 0))) {
            all &= within();
            reservations.give(number);
          }
        }
        return all;
      });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      for (Future<Boolean> each : threads.invokeAll(askers)) {
        assertThat(each.get()).isTrue();
      }
    }
    assertThat(reservations.free()).isEqualTo(ALL);
  }

  private boolean within() {
    double held = reservations.list().stream().mapToDouble(each -> each.need().cores()).sum();
    return held <= 8 && reservations.free().cores() <= 8;
  }

  private Reservation granted(ResourceNeed need) {
    return switch (reservations.request("mia", need, MINUTE)) {
      case Answer.Granted(Reservation reservation) -> reservation;
      case Answer.Refused refused -> throw new AssertionError(refused.toString());
    };
  }

  private Answer.Refused refused(ResourceNeed need) {
    return switch (reservations.request("mia", need, MINUTE)) {
      case Answer.Granted granted -> throw new AssertionError(granted.toString());
      case Answer.Refused refused -> refused;
    };
  }
}

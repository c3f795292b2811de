package dev.caelum.bench.peer;

import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** Times calls of a peer: one after the other, then many under way at once. */
final class Trips {
  private static final int WARM = 4_000;
  private static final int ALONE = 1_000;
  private static final int UNDER_WAY = 1_000;

  /** One call of nothing, which another member answers. */
  interface Call {
    CompletionStage<?> begin() throws Exception;
  }

  private Trips() {}

  /** Prints {@code TRIP P50 P99} in microseconds and {@code RATE CALLS-A-SECOND}. */
  static void measure(Call call, int count) throws Exception {
    together(call, WARM);
    alone(call, WARM);
    long[] trips = alone(call, ALONE);
    System.out.printf("TRIP %d %d%n", trips[ALONE / 2] / 1_000, trips[ALONE * 99 / 100] / 1_000);
    long start = System.nanoTime();
    together(call, count);
    System.out.printf("RATE %d%n", count * 1_000_000_000L / (System.nanoTime() - start));
  }

  /** How long each took, in nanoseconds, the shortest first. */
  private static long[] alone(Call call, int count) throws Exception {
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      call.begin().toCompletableFuture().join();
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return nanos;
  }

  private static void together(Call call, int count) throws Exception {
    Semaphore room = new Semaphore(UNDER_WAY);
    CountDownLatch over = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      room.acquire();
      call.begin()
          .whenComplete((_, failure) -> {
            if (failure != null) {
              System.out.println("FAILED " + failure);
            }
            room.release();
            over.countDown();
          });
    }
    over.await();
  }
}

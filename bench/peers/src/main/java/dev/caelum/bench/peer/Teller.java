package dev.caelum.bench.peer;

import java.util.Collection;
import java.util.concurrent.CountDownLatch;

/**
 * Prints what a peer sees, a line for each change: {@code VIEW NANOS SIZE ADDRESS,ADDRESS...}. The
 * time is {@link System#nanoTime}, on Linux the machine's own clock, which the reader shares.
 */
final class Teller {
  private Teller() {}

  /** Tells that this process now begins to join: {@code JOINING NANOS}. */
  static void joining() {
    System.out.println("JOINING " + System.nanoTime());
  }

  /** Tells the members' addresses, this one's included. */
  static void view(Collection<String> addresses) {
    long now = System.nanoTime();
    System.out.println("VIEW " + now + " " + addresses.size() + " " + String.join(",", addresses));
  }

  /** Runs {@code leave} when this process is asked to end, and waits for that. */
  static void untilTerminated(Runnable leave) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(leave, "leave"));
    new CountDownLatch(1).await();
  }
}

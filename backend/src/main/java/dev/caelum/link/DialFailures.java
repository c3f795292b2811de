package dev.caelum.link;

import dev.caelum.cluster.FailureCode;
import dev.caelum.link.DialOutcome.Failed;
import java.net.ConnectException;
import java.time.Duration;

/** What goes wrong with the connection of a dial, in the product's dictionary of failures. */
final class DialFailures {
  private DialFailures() {}

  static Failed timeout(boolean connected, Duration timeout, long millis) {
    String evidence =
        connected
            ? "connected, but no answer to the handshake in "
            : "no answer to the connect in ";
    return new Failed(FailureCode.TIMEOUT, evidence + seconds(timeout), millis);
  }

  /** The connect failed with {@code e}. */
  static Failed unconnected(Exception e, long millis) {
    return e instanceof ConnectException refused && isRefusal(refused)
        ? new Failed(FailureCode.REFUSED, "connection refused", millis)
        : new Failed(FailureCode.UNREACHABLE, words(e), millis);
  }

  /**
   * The connection ended too early. A node that is full, or that stops, breaks off like this: no
   * proof of anything else.
   */
  static Failed broken(long millis) {
    return new Failed(
        FailureCode.LOST, "the connection broke before the handshake was answered", millis);
  }

  /** Whether the host itself said that nothing listens, and not a router or our own stack. */
  static boolean isRefusal(ConnectException e) {
    return words(e).contains("refused");
  }

  private static String words(Exception e) {
    String message = e.getMessage();
    return Evidence.clean(message == null ? e.getClass().getSimpleName() : message, 80);
  }

  private static String seconds(Duration timeout) {
    long millis = timeout.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }
}

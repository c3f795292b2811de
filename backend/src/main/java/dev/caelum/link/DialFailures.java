package dev.caelum.link;

import dev.caelum.cluster.FailureCode;
import dev.caelum.link.DialOutcome.Failed;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Turns what the JDK's client throws into the product's dictionary of failures. */
final class DialFailures {
  private DialFailures() {}

  static Failed of(Throwable thrown, Duration timeout, long millis) {
    if (find(thrown, WebSocketHandshakeException.class) instanceof WebSocketHandshakeException e) {
      return answered(e.getResponse(), millis);
    }
    if (find(thrown, HttpConnectTimeoutException.class) != null) {
      return new Failed(
          FailureCode.TIMEOUT, "no answer to the connect in " + seconds(timeout), millis);
    }
    if (find(thrown, HttpTimeoutException.class) != null) {
      return new Failed(
          FailureCode.TIMEOUT,
          "connected, but no answer to the handshake in " + seconds(timeout),
          millis);
    }
    if (find(thrown, ConnectException.class) instanceof ConnectException e) {
      return isRefusal(e)
          ? new Failed(FailureCode.REFUSED, "connection refused", millis)
          : new Failed(FailureCode.UNREACHABLE, words(e), millis);
    }
    if (find(thrown, NoRouteToHostException.class) instanceof NoRouteToHostException e) {
      return new Failed(FailureCode.UNREACHABLE, words(e), millis);
    }
    if (find(thrown, ProtocolException.class) instanceof ProtocolException e) {
      return new Failed(
          FailureCode.NOT_CAELUM, words(e).replace("Invalid status line", "not HTTP"), millis);
    }
    // A node that is full, or that stops, breaks off like this too: no proof of anything else.
    return new Failed(
        FailureCode.LOST, "the connection broke before the handshake was answered", millis);
  }

  /** Whether the host itself said that nothing listens, and not a router or our own stack. */
  static boolean isRefusal(ConnectException e) {
    return words(e).contains("refused");
  }

  /** The first of {@code kind} among {@code thrown} and its causes. */
  private static @Nullable Throwable find(Throwable thrown, Class<? extends Throwable> kind) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return cause;
      }
    }
    return null;
  }

  private static Failed answered(@Nullable HttpResponse<?> response, long millis) {
    if (response == null) {
      return new Failed(FailureCode.NOT_CAELUM, "not a WebSocket handshake", millis);
    }
    int status = response.statusCode();
    String server = response.headers().firstValue("server").orElse("");
    String evidence =
        "HTTP " + status + (server.isBlank() ? "" : " from " + Evidence.clean(server, 40));
    return switch (status) {
      case 401, 403 -> new Failed(FailureCode.AUTH, evidence, millis);
      case 429, 503 -> new Failed(FailureCode.TIMEOUT, "busy: " + evidence, millis);
      case 101 -> new Failed(FailureCode.NOT_CAELUM, "malformed WebSocket handshake", millis);
      default -> new Failed(FailureCode.NOT_CAELUM, evidence, millis);
    };
  }

  private static String words(Throwable e) {
    String message = e.getMessage();
    return Evidence.clean(message == null ? e.getClass().getSimpleName() : message, 80);
  }

  private static String seconds(Duration timeout) {
    long millis = timeout.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }
}

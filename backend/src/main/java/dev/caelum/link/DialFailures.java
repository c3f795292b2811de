package dev.caelum.link;

import dev.caelum.cluster.FailureCode;
import dev.caelum.link.DialOutcome.Failed;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Turns what the JDK's client throws into the product's dictionary of failures. */
final class DialFailures {
  private DialFailures() {}

  static Failed of(Throwable thrown, Duration timeout, long millis) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    return switch (cause) {
      case WebSocketHandshakeException e -> answered(e.getResponse(), millis);
      case HttpConnectTimeoutException _ ->
          new Failed(
              FailureCode.TIMEOUT, "no answer to the connect in " + seconds(timeout), millis);
      case HttpTimeoutException _ ->
          new Failed(
              FailureCode.TIMEOUT,
              "connected, but no answer to the handshake in " + seconds(timeout),
              millis);
      case ConnectException e -> connect(e, millis);
      case NoRouteToHostException _ ->
          new Failed(FailureCode.UNREACHABLE, "no route to host", millis);
      case SocketException e when text(e).contains("unreachable") ->
          new Failed(FailureCode.UNREACHABLE, words(e), millis);
      case IOException e when brokeOff(e) ->
          new Failed(
              FailureCode.LOST, "the connection broke before the handshake was answered", millis);
      case IOException e -> new Failed(FailureCode.NOT_CAELUM, words(e), millis);
      default -> new Failed(FailureCode.NOT_CAELUM, words(cause), millis);
    };
  }

  /** Whether the host itself said that nothing listens, and not a router or our own stack. */
  static boolean isRefusal(@Nullable Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (text(cause).contains("refused")) {
        return true;
      }
    }
    return false;
  }

  private static Failed connect(ConnectException e, long millis) {
    // HttpClient's own ConnectException often has no message; what the socket said is its cause.
    if (isRefusal(e)) {
      return new Failed(FailureCode.REFUSED, "connection refused", millis);
    }
    Throwable inner = e;
    while (inner.getCause() != null) {
      inner = inner.getCause();
    }
    if (inner instanceof ClosedChannelException) {
      // HttpClient hides what the socket said behind the channel it had to close.
      return new Failed(FailureCode.REFUSED, "connection refused", millis);
    }
    return text(inner).contains("timed out")
        ? new Failed(FailureCode.TIMEOUT, "no answer to the connect", millis)
        : new Failed(FailureCode.UNREACHABLE, words(inner), millis);
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

  private static boolean brokeOff(IOException e) {
    String text = text(e);
    return text.contains("reset")
        || text.contains("broken pipe")
        || text.contains("eof")
        || text.contains("no bytes")
        || text.contains("closed");
  }

  private static String words(Throwable e) {
    String message = e.getMessage();
    return Evidence.clean(message == null ? e.getClass().getSimpleName() : message, 80);
  }

  private static String text(Throwable e) {
    String message = e.getMessage();
    return message == null ? "" : message.toLowerCase(Locale.ROOT);
  }

  private static String seconds(Duration timeout) {
    long millis = timeout.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }
}

package dev.caelum.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;

/**
 * The problems of requests that the server refuses before any route or filter sees them: broken
 * framing, bodies and headers out of bounds. The server's own words stay inside.
 */
final class TransportProblems implements DirectHandler {
  static DirectHandlers handlers() {
    var handlers = DirectHandlers.builder();
    for (EventType type : EventType.values()) {
      handlers.addHandler(type, new TransportProblems());
    }
    return handlers.build();
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    return TransportResponse.builder()
        .status(status)
        .headers(headers)
        .header(HeaderNames.CONTENT_TYPE, Reply.PROBLEM)
        .header(HeaderNames.CONNECTION, "close")
        .keepAlive(false)
        .entity(Json.bytes(of(status.code())))
        .build();
  }

  static Problem of(int status) {
    return switch (status) {
      case 403 -> Problem.of(403, "forbidden", "This is not allowed.");
      case 404 -> Problem.of(404, "unknown_route", "There is no such route.");
      case 413 -> Bodies.tooLarge(ListenerLimits.TASK_BODY);
      default ->
          status >= 500
              ? Problem.of(status, "internal", "The node cannot answer that now.")
              : Problem.of(status, "bad_request", "The request cannot be read.");
    };
  }
}

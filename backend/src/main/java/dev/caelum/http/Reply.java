package dev.caelum.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;

/**
 * A complete answer.
 *
 * @param body a string is sent as it is, anything else as JSON
 */
record Reply(int status, String contentType, Object body) {
  static final String JSON = "application/json";
  static final String PROBLEM = "application/problem+json";

  /** 200 with {@code value} as JSON. */
  static Reply ok(Object value) {
    return new Reply(200, JSON, value);
  }

  /** {@code status} with {@code value} as JSON. */
  static Reply of(int status, Object value) {
    return new Reply(status, JSON, value);
  }

  static void send(ServerRequest request, ServerResponse response, Problem problem) {
    if (problem.retryAfter() != null) {
      response.header(HeaderNames.RETRY_AFTER, String.valueOf(problem.retryAfter()));
    }
    new Reply(problem.status(), PROBLEM, problem).send(request, response);
  }

  /** Sends it; to HEAD all but the body, which the server itself would send. */
  void send(ServerRequest request, ServerResponse response) {
    byte[] bytes =
        body instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : Json.bytes(body);
    response.status(Status.create(status)).header(HeaderNames.CONTENT_TYPE, contentType);
    if (request.prologue().method().equals(Method.HEAD)) {
      response.header(HeaderNames.CONTENT_LENGTH, String.valueOf(bytes.length));
      response.send();
    } else {
      response.send(bytes);
    }
  }
}

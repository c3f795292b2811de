package dev.caelum.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.NotFoundException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Turns whatever ends a request badly into a problem; no internals reach the caller. */
final class ErrorMapper {
  private static final Logger LOG = Logger.getLogger(ErrorMapper.class.getName());

  private final Routes routes;

  ErrorMapper(Routes routes) {
    this.routes = routes;
  }

  void register(HttpRouting.Builder routing) {
    routing
        .error(
            Problem.Refused.class,
            (request, response, e) -> Reply.send(request, response, e.problem()))
        .error(NotFoundException.class, (request, response, e) -> notFound(request, response))
        .error(HttpException.class, ErrorMapper::http)
        .error(Exception.class, ErrorMapper::unexpected);
  }

  private void notFound(ServerRequest request, ServerResponse response) {
    Set<String> methods = routes.methods(request.path());
    if (methods.isEmpty()) {
      Reply.send(
          request,
          response,
          Problem.of(404, "unknown_route", "There is no such route.")
              .hint("GET " + HttpApi.BASE + "/openapi.json lists all of them."));
      return;
    }
    String allowed = String.join(", ", methods);
    response.header(HeaderNames.ALLOW, allowed);
    Reply.send(
        request,
        response,
        Problem.of(405, "method_not_allowed", "This route takes " + allowed + " only."));
  }

  private static void http(ServerRequest request, ServerResponse response, HttpException e) {
    int status = e.status().code();
    if (!e.keepAlive() || status == 413) {
      response.header(HeaderNames.CONNECTION, "close");
    }
    if (status >= 500) {
      unexpected(request, response, e);
    } else {
      Reply.send(request, response, TransportProblems.of(status));
    }
  }

  private static void unexpected(ServerRequest request, ServerResponse response, Exception e) {
    String reference = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    LOG.log(Level.SEVERE, "request failed, reference " + reference, e);
    Reply.send(
        request,
        response,
        Problem.of(
            500, "internal", "Something went wrong on this node (reference " + reference + ")."));
  }
}

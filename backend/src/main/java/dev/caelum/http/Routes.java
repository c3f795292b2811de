package dev.caelum.http;

import io.helidon.common.uri.UriPath;
import io.helidon.http.Method;
import io.helidon.http.PathMatcher;
import io.helidon.http.PathMatchers;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Every route of the API, in one list that the OpenAPI document is checked against. */
final class Routes {
  /** Answers one request; a {@link Problem.Refused} becomes its problem. */
  interface Endpoint {
    Reply answer(ServerRequest request) throws Exception;
  }

  private record Route(
      String method, String path, PathMatcher matcher, Handler handler, boolean head) {}

  private final List<Route> routes = new ArrayList<>();

  /** Answers HEAD, too. */
  void get(String path, Endpoint endpoint) {
    add("GET", path, endpoint);
  }

  void post(String path, Endpoint endpoint) {
    add("POST", path, endpoint);
  }

  void put(String path, Endpoint endpoint) {
    add("PUT", path, endpoint);
  }

  void delete(String path, Endpoint endpoint) {
    add("DELETE", path, endpoint);
  }

  /** GET and POST, for what is answered alike. */
  void both(String path, Endpoint endpoint) {
    get(path, endpoint);
    post(path, endpoint);
  }

  /** A route that writes its response itself. */
  void stream(String path, Handler handler) {
    add("GET", path, handler, false);
  }

  /** A route of any method that writes its response itself. */
  void raw(String method, String path, Handler handler) {
    add(method, path, handler, false);
  }

  /** A POST with something to do once the answer is out, whether or not it arrived. */
  void postThen(String path, Endpoint endpoint, Runnable afterwards) {
    add(
        "POST",
        path,
        (request, response) -> {
          Reply reply = endpoint.answer(request);
          try {
            reply.send(request, response);
          } finally {
            afterwards.run();
          }
        },
        false);
  }

  private void add(String method, String path, Endpoint endpoint) {
    add(
        method,
        path,
        (request, response) -> endpoint.answer(request).send(request, response),
        method.equals("GET"));
  }

  private void add(String method, String path, Handler handler, boolean head) {
    routes.add(new Route(method, path, PathMatchers.create(path), handler, head));
  }

  void register(HttpRouting.Builder routing) {
    for (Route route : routes) {
      routing.route(Method.create(route.method()), route.path(), route.handler());
      if (route.head()) {
        routing.route(Method.HEAD, route.path(), route.handler());
      }
    }
  }

  /** {@code METHOD path} of every route; HEAD goes without saying. */
  Set<String> all() {
    var all = new TreeSet<String>();
    routes.forEach(route -> all.add(route.method() + " " + route.path()));
    return all;
  }

  /** The methods that {@code path} has; none when the path is unknown. */
  Set<String> methods(UriPath path) {
    var methods = new TreeSet<String>();
    for (Route route : routes) {
      if (route.matcher().match(path).accepted()) {
        methods.add(route.method());
        if (route.head()) {
          methods.add("HEAD");
        }
      }
    }
    return methods;
  }
}

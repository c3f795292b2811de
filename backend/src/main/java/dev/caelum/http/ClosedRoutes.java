package dev.caelum.http;

/** Old routes that are gone for good, and say what to use. */
final class ClosedRoutes {
  private ClosedRoutes() {}

  static void register(Routes routes) {
    String base = HttpApi.BASE;
    gone(routes, base + "/analysis/benchmark", "Measure with ./caelum bench work.");
    gone(routes, base + "/claude/{+path}", "Synchronise configurations with your own tools.");
    gone(
        routes, "/api/cluster-monitor/{+path}", "See " + base + "/servers and /ports/distributed.");
    gone(routes, "/api/servers/{+path}", "See " + base + "/servers and /services/discovery.");
    gone(routes, "/api/docs", "See " + base + "/openapi.json.");
    gone(routes, "/api/redoc", "See " + base + "/openapi.json.");
  }

  private static void gone(Routes routes, String path, String pointer) {
    routes.both(
        path,
        request -> {
          throw Problem.of(410, "gone", "This route of old dashboards is gone.")
              .hint(pointer)
              .refused();
        });
  }
}

package dev.caelum.http;

/** Old routes that answer with a reason: not there yet, or gone for good. */
final class ClosedRoutes {
  private ClosedRoutes() {}

  static void register(Routes routes) {
    String base = HttpApi.BASE;
    String analysis =
        "Sessions of code analysis are not part of this version; see " + base + "/tasks.";
    notYet(routes, analysis, false, base + "/analysis/start");
    notYet(routes, analysis, true, base + "/analysis/{id}/status");
    notYet(routes, analysis, true, base + "/analysis/sessions");
    notYet(routes, analysis, true, base + "/analysis/types");
    notYet(routes, analysis, false, base + "/analysis/benchmark");
    gone(routes, base + "/claude/{+path}", "Synchronise configurations with your own tools.");
    gone(
        routes, "/api/cluster-monitor/{+path}", "See " + base + "/servers and /ports/distributed.");
    gone(routes, "/api/servers/{+path}", "See " + base + "/servers and /services/discovery.");
    gone(routes, "/api/docs", "See " + base + "/openapi.json.");
    gone(routes, "/api/redoc", "See " + base + "/openapi.json.");
  }

  private static void notYet(Routes routes, String reason, boolean read, String path) {
    Routes.Endpoint answer =
        request -> {
          throw Problem.of(501, "not_yet", reason).refused();
        };
    if (read) {
      routes.get(path, answer);
    } else {
      routes.post(path, answer);
    }
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

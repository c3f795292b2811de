package dev.caelum.http;

import dev.caelum.webhook.Delivered;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Optional;

/** What people should hear of, and a test of where it is sent to. */
final class NotificationRoutes {
  private static final int MOST = 200;

  private final NotificationPort notifications;

  NotificationRoutes(NotificationPort notifications) {
    this.notifications = notifications;
  }

  /** The last ones, newest first. */
  public record NotificationsView(List<NotificationView> notifications) {}

  /**
   * How the receiver took the test.
   *
   * @param status of its answer; 0 when none came
   * @param answer its beginning, or why none came
   */
  public record TestView(boolean success, int status, String answer, long ms, String message) {}

  void register(Routes routes) {
    routes.get(HttpApi.BASE + "/notifications", this::latest);
    routes.post(HttpApi.BASE + "/webhook/test", _ -> test());
  }

  private Reply latest(ServerRequest request) {
    int limit = Bodies.number(request, "limit", 100, 1, MOST);
    return Reply.ok(
        new NotificationsView(
            notifications.latest(limit).stream().map(NotificationView::of).toList()));
  }

  private Reply test() throws InterruptedException {
    Optional<Delivered> answer = notifications.testWebhook();
    Delivered taken =
        answer.orElseThrow(() ->
            Problem.of(409, "no_webhook", "No webhook is configured.")
                .hint("Set webhook-url first.")
                .refused());
    String message =
        taken.taken()
            ? "The receiver took the test in "
                + taken.millis()
                + " ms (HTTP "
                + taken.status()
                + ")."
            : "The receiver did not take the test: "
                + (taken.status() == 0
                    ? taken.text()
                    : "HTTP "
                        + taken.status()
                        + (taken.text().isEmpty() ? "" : ", " + taken.text()));
    return Reply.ok(
        new TestView(taken.taken(), taken.status(), taken.text(), taken.millis(), message));
  }
}

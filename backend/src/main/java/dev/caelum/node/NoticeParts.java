package dev.caelum.node;

import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.Self;
import dev.caelum.config.WebhookConfig;
import dev.caelum.feed.Feed;
import dev.caelum.feed.LogLine;
import dev.caelum.feed.NodeStatus;
import dev.caelum.feed.Notification;
import dev.caelum.http.NodeMetrics;
import dev.caelum.http.NotificationPort;
import dev.caelum.http.NotificationView;
import dev.caelum.http.ServicePort;
import dev.caelum.inbox.InboxReader;
import dev.caelum.webhook.Delivered;
import dev.caelum.webhook.Webhook;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What people are told of, on the page and by webhook. */
final class NoticeParts implements NotificationPort, AutoCloseable {
  private final Self self;
  private final InboxReader inbox;
  private final Webhook webhook;

  NoticeParts(
      Self self,
      String version,
      WebhookConfig config,
      Feed feed,
      Supplier<ClusterSnapshot> table,
      ServicePort services) {
    this.self = self;
    this.webhook = new Webhook(config, this::body, version);
    this.inbox =
        new InboxReader(self.instance().value(), feed, table, services::of, webhook::offer);
  }

  private byte[] body(Notification notification) {
    return NotificationView.posted(
        notification, self.id().value(), self.info().hostname(), self.info().clusterName());
  }

  void register(NodeMetrics metrics) {
    metrics.gauge("caelum_webhook_waiting", "Notifications to be posted", webhook::waiting);
    counted(metrics, "taken", webhook::taken);
    counted(metrics, "failed", webhook::failed);
    counted(metrics, "retried", webhook::retries);
    counted(metrics, "dropped", webhook::dropped);
  }

  private static void counted(NodeMetrics metrics, String outcome, LongSupplier count) {
    metrics.counted(
        "caelum_webhook_posts", "What came of posting notifications", count, "outcome", outcome);
  }

  void start() {
    inbox.start();
    webhook.start();
  }

  void use(WebhookConfig config) {
    webhook.use(config);
  }

  /** Why notifications do not arrive. */
  Stream<NodeStatus.Note> notes() {
    return webhook.problem().stream().map(text -> new NodeStatus.Note("webhook", text));
  }

  @Override
  public List<Notification> latest(int limit) {
    return inbox.latest(limit);
  }

  @Override
  public Optional<Delivered> testWebhook() throws InterruptedException {
    return webhook.test(
        new Notification(
            0,
            self.instance().value(),
            Instant.now().truncatedTo(ChronoUnit.MILLIS),
            Notification.Kind.PROBLEM,
            LogLine.Level.INFO,
            "test",
            "This is a test of the webhook.",
            List.of(),
            1));
  }

  @Override
  public void close() {
    inbox.close();
    webhook.close();
  }
}

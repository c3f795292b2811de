package dev.caelum.http;

import dev.caelum.feed.Notification;
import dev.caelum.webhook.Delivered;
import java.util.List;
import java.util.Optional;

/** Notifications that a test sets. */
final class TestNotices implements NotificationPort {
  volatile List<Notification> all = List.of();
  volatile Optional<Delivered> test = Optional.empty();

  @Override
  public List<Notification> latest(int limit) {
    return all.stream().limit(limit).toList();
  }

  @Override
  public Optional<Delivered> testWebhook() {
    return test;
  }
}

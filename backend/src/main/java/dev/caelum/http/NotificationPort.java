package dev.caelum.http;

import dev.caelum.feed.Notification;
import dev.caelum.webhook.Delivered;
import java.util.List;
import java.util.Optional;

/** What the API asks about notifications. */
public interface NotificationPort {
  /** The newest {@code limit} of this start, the newest first. */
  List<Notification> latest(int limit);

  /** Posts a test to the webhook and waits for the answer; empty when none is configured. */
  Optional<Delivered> testWebhook() throws InterruptedException;
}

package dev.caelum.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where notifications go besides the page.
 *
 * @param url takes them as POST; empty = nowhere
 * @param secret signs them; empty = they are not signed
 * @param events the kinds that are sent
 */
public record WebhookConfig(Optional<URI> url, String secret, Set<String> events) {
  /** The kinds of notifications. */
  public static final List<String> EVENTS = List.of("machine", "problem", "service", "task");

  static final String DEFAULT_EVENTS = "machine,problem,service,task";

  /** To nobody. */
  public static final WebhookConfig NONE =
      new WebhookConfig(Optional.empty(), "", Set.copyOf(EVENTS));

  public WebhookConfig {
    events = Set.copyOf(events);
  }

  /** Tells no secret: addresses of webhooks often hold one, too. */
  @Override
  public String toString() {
    return "WebhookConfig[" + (url.isPresent() ? "set" : "none") + ", events=" + events + "]";
  }
}

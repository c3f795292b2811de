package dev.caelum.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The settings of the webhook as typed values; part of {@link ConfigRules}. */
final class WebhookRules {
  private static final int MAX_URL = 2_000;

  private final ConfigRules rules;

  WebhookRules(ConfigRules rules) {
    this.rules = rules;
  }

  WebhookConfig read() {
    return new WebhookConfig(url(), secret(), events());
  }

  private Optional<URI> url() {
    String text = rules.value(ConfigKey.WEBHOOK_URL);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI url = new URI(text);
      String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
      if (text.length() <= MAX_URL
          && Set.of("http", "https").contains(scheme)
          && url.getHost() != null
          && url.getUserInfo() == null
          && url.getFragment() == null) {
        return Optional.of(url);
      }
    } catch (URISyntaxException e) {
      // Told as every other bad one.
    }
    rules.refuseUnseen(
        ConfigKey.WEBHOOK_URL, "use http://HOST/... or https://HOST/..., without user and #");
    return Optional.empty();
  }

  private String secret() {
    String text = rules.value(ConfigKey.WEBHOOK_SECRET);
    if (!text.isEmpty() && !text.matches("[\\x21-\\x7e]{16,256}")) {
      rules.refuseUnseen(
          ConfigKey.WEBHOOK_SECRET, "use 16 to 256 letters, digits and signs of ASCII");
    }
    return text;
  }

  private Set<String> events() {
    List<String> events = rules.list(ConfigKey.WEBHOOK_EVENTS);
    for (String event : events) {
      if (!WebhookConfig.EVENTS.contains(event)) {
        rules.refuse(
            ConfigKey.WEBHOOK_EVENTS,
            event + " is no kind of notification; use " + String.join(", ", WebhookConfig.EVENTS));
      }
    }
    if (events.isEmpty()) {
      rules.refuse(
          ConfigKey.WEBHOOK_EVENTS,
          "name at least one of " + String.join(", ", WebhookConfig.EVENTS));
    }
    return Set.copyOf(events);
  }
}

package dev.caelum.ui.client;

import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Questions about settings, the program and its notifications; see {@link NodeCommands}. */
public final class SettingsCommands {
  private static final JsonProvider JSON = JsonProvider.provider();
  private static final String PATH = "/api/v1/settings";

  private final NodeHttp http;

  SettingsCommands(NodeHttp http) {
    this.http = http;
  }

  /** All settings; null when the node does not say. */
  public @Nullable Settings all(String caller) {
    Fields answer = http.get(caller, PATH);
    return answer == null ? null : Settings.read(answer);
  }

  /**
   * Changes settings, all or none.
   *
   * @param wanted values by key; empty takes a change back
   */
  public Settings.Changed change(String caller, Map<String, Optional<String>> wanted) {
    JsonObjectBuilder values = JSON.createObjectBuilder();
    wanted.forEach((key, value) ->
        value.ifPresentOrElse(text -> values.add(key, text), () -> values.addNull(key)));
    String body = JSON.createObjectBuilder().add("settings", values).build().toString();
    NodeHttp.Reply reply = http.send(caller, "PUT", PATH, body);
    if (reply == null) {
      return new Settings.Changed(null, Map.of(), Answer.NODE_LOST);
    }
    return reply.status() == 200
        ? new Settings.Changed(Settings.read(reply.fields()), Map.of(), reply.answer())
        : new Settings.Changed(null, reply.fields().map("fields"), reply.answer());
  }

  /** Has a test posted to the webhook that is saved. */
  public Answer testWebhook(String caller) {
    return http.command(caller, "POST", "/api/v1/webhook/test", "");
  }

  /** What the program is; null when the node does not say. */
  public @Nullable About about(String caller) {
    Fields answer = http.get(caller, "/api/v1/about");
    return answer == null ? null : About.read(answer);
  }

  /** The last notifications, newest first; null when the node does not say. */
  public @Nullable List<InboxItem> notifications() {
    Fields answer = http.get("", "/api/v1/notifications");
    return answer == null ? null : answer.list("notifications", InboxItem::read);
  }
}

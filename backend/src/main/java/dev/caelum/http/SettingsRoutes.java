package dev.caelum.http;

import dev.caelum.config.ConfigKey;
import dev.caelum.config.ConfigRefused;
import io.helidon.webserver.http.ServerRequest;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The settings of the node: all of them, and changes while it runs. */
final class SettingsRoutes {
  private static final int LONGEST = 4_000;

  private final SettingsPort settings;

  SettingsRoutes(SettingsPort settings) {
    this.settings = settings;
  }

  /**
   * All settings.
   *
   * @param editable whether this caller may change them
   * @param restart whether some value waits for a restart
   * @param file where changes are kept; null for callers on other machines
   * @param configFile the configuration file, if one was read; null for those, too
   */
  public record SettingsView(
      boolean editable,
      boolean restart,
      @Nullable String file,
      @Nullable String configFile,
      List<SettingView> settings) {}

  void register(Routes routes) {
    routes.get(HttpApi.BASE + "/settings", request -> Reply.ok(all(request)));
    routes.put(HttpApi.BASE + "/settings", this::change);
  }

  private SettingsView all(ServerRequest request) {
    boolean local = request.context().get(AccessRules.Caller.class).orElseThrow().local();
    List<SettingView> all =
        settings.all().stream().map(state -> SettingView.of(state, local)).toList();
    return new SettingsView(
        local,
        all.stream().anyMatch(each -> each.pending() != null),
        local ? settings.file().toString() : null,
        local ? settings.configFile().map(String::valueOf).orElse(null) : null,
        all);
  }

  private Reply change(ServerRequest request) throws IOException {
    JsonObject body = Bodies.json(request);
    if (!(body.get("settings") instanceof JsonObject given) || body.size() != 1) {
      throw Json.bad("The body must be {\"settings\": {KEY: VALUE, ...}}.").refused();
    }
    Map<String, String> mistakes = new LinkedHashMap<>();
    Map<ConfigKey, Optional<String>> wanted = new EnumMap<>(ConfigKey.class);
    Map<ConfigKey, SettingsPort.State> states = new EnumMap<>(ConfigKey.class);
    settings.all().forEach(state -> states.put(state.next().key(), state));
    given.forEach((name, value) -> {
      Optional<ConfigKey> key = ConfigKey.of(name);
      SettingsPort.State state = key.map(states::get).orElse(null);
      String fixed = state == null ? "There is no such setting." : SettingView.fixed(state.next());
      if (fixed != null || key.isEmpty()) {
        mistakes.put(name, String.valueOf(fixed));
      } else if (value.equals(JsonValue.NULL)) {
        wanted.put(key.get(), Optional.empty());
      } else {
        String text = text(value);
        if (text == null) {
          mistakes.put(name, "Use one line of at most 4,000 characters, or null.");
        } else {
          wanted.put(key.get(), Optional.of(text));
        }
      }
    });
    if (mistakes.isEmpty()) {
      apply(wanted, mistakes);
    }
    if (!mistakes.isEmpty()) {
      throw refusal(mistakes).refused();
    }
    return Reply.ok(all(request));
  }

  private void apply(Map<ConfigKey, Optional<String>> wanted, Map<String, String> mistakes) {
    try {
      settings.change(wanted);
    } catch (ConfigRefused e) {
      new TreeMap<>(e.fields()).forEach((key, rule) -> mistakes.put(key.key(), rule));
    } catch (IOException e) {
      throw Problem.of(503, "settings_unwritten", "Nothing was changed: " + e.getMessage())
          .refused();
    }
  }

  private static Problem refusal(Map<String, String> mistakes) {
    StringBuilder detail = new StringBuilder("Nothing was changed.");
    mistakes.forEach((key, rule) -> detail.append(' ').append(key).append(": ").append(rule));
    return Problem.of(400, "bad_settings", detail.toString()).fields(mistakes);
  }

  /** The value as one would write it in a file; null when it cannot be one. */
  private static @Nullable String text(JsonValue value) {
    String text =
        switch (value) {
          case JsonString string -> string.getString();
          case JsonNumber number when number.isIntegral() -> number.toString();
          default ->
              value.equals(JsonValue.TRUE) || value.equals(JsonValue.FALSE)
                  ? value.toString()
                  : null;
        };
    return text == null
            || text.length() > LONGEST
            || text.chars().anyMatch(c -> Character.isISOControl((char) c))
        ? null
        : text.strip();
  }
}

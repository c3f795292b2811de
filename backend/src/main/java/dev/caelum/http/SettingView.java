package dev.caelum.http;

import dev.caelum.config.ConfigKey;
import dev.caelum.config.Setting;
import dev.caelum.config.Setting.Source;
import dev.caelum.config.SettingKind;
import jakarta.json.bind.annotation.JsonbProperty;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One setting.
 *
 * @param value what runs; a secret is {@code (set)} or empty
 * @param pending what the next start takes, when that is something else
 * @param source {@code option}, {@code property}, {@code environment}, {@code changed}, {@code
 *     file} or {@code default}: where the value of the next start comes from
 * @param where the same in words
 * @param fixed why it cannot be changed while the node runs; null when it can
 * @param restart whether a change takes effect after a restart only
 */
public record SettingView(
    String key,
    String group,
    String type,
    String value,
    @Nullable String pending,
    String source,
    String where,
    @Nullable String fixed,
    boolean restart,
    @JsonbProperty("default") String defaultValue,
    @Nullable String unit,
    @Nullable Integer min,
    @Nullable Integer max,
    List<String> choices,
    String description) {

  /**
   * The setting for a caller.
   *
   * @param local on this machine: others do not see the whole address of a webhook, which is a
   *     secret where receivers know senders by it
   */
  static SettingView of(SettingsPort.State state, boolean local) {
    ConfigKey key = state.next().key();
    SettingKind kind = SettingKind.of(key);
    String running = shown(state.running(), local);
    String next = shown(state.next(), local);
    boolean pends = !state.running().value().equals(state.next().value());
    return new SettingView(
        key.key(),
        kind.group().word(),
        kind.type().word(),
        running,
        pends ? next : null,
        state.next().source().name().toLowerCase(Locale.ROOT),
        local ? state.next().where() : state.next().source().name().toLowerCase(Locale.ROOT),
        fixed(state.next()),
        !kind.live(),
        key.defaultValue(),
        kind.unit(),
        kind.min(),
        kind.max(),
        kind.choices(),
        key.meaning());
  }

  private static String shown(Setting setting, boolean local) {
    if (!local && setting.key() == ConfigKey.WEBHOOK_URL && !setting.value().isEmpty()) {
      return URI.create(setting.value()).resolve("/").toString() + "...";
    }
    return setting.shown();
  }

  /** Why a value that is given there cannot be changed here; null when it can. */
  static @Nullable String fixed(Setting setting) {
    if (setting.key() == ConfigKey.DATA || setting.key() == ConfigKey.DEMO) {
      return "It decides where these settings are kept, so it is chosen where the node is started.";
    }
    Source source = setting.source();
    return source == Source.OPTION || source == Source.PROPERTY || source == Source.ENVIRONMENT
        ? "Given by " + setting.where() + " where the node is started; change it there."
        : null;
  }
}

package dev.caelum.config;

import dev.caelum.config.Setting.Source;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All values that were given, by source; which of them is in force is told here alone. */
public final class Layers {
  private final ConfigInputs inputs;
  private final Map<ConfigKey, String> changed;
  private final Path changedIn;
  private final Map<ConfigKey, String> file;
  private final Optional<Path> fileName;
  private final boolean withDashboard;

  /**
   * @param changed while a node ran, kept in {@code changedIn}
   * @param file the values of the file {@code fileName}
   */
  Layers(
      ConfigInputs inputs,
      Map<ConfigKey, String> changed,
      Path changedIn,
      Map<ConfigKey, String> file,
      Optional<Path> fileName,
      boolean withDashboard) {
    this.inputs = inputs;
    this.changed = Map.copyOf(changed);
    this.changedIn = changedIn;
    this.file = Map.copyOf(file);
    this.fileName = fileName;
    this.withDashboard = withDashboard;
  }

  Map<ConfigKey, String> changed() {
    return changed;
  }

  Optional<Path> fileName() {
    return fileName;
  }

  boolean withDashboard() {
    return withDashboard;
  }

  /** The same with one value changed, or its change taken back. */
  Layers with(ConfigKey key, Optional<String> value) {
    Map<ConfigKey, String> next = new EnumMap<>(ConfigKey.class);
    next.putAll(changed);
    next.remove(key);
    Layers without = with(next);
    if (value.isEmpty() || without.setting(key).value().equals(value.get())) {
      return without;
    }
    next.put(key, value.get());
    return with(next);
  }

  private Layers with(Map<ConfigKey, String> next) {
    return new Layers(inputs, next, changedIn, file, fileName, withDashboard);
  }

  /** Option, then system property, then environment, then what was changed, then file. */
  Setting setting(ConfigKey key) {
    Optional<Setting> fixed = fixed(inputs, key);
    if (fixed.isPresent()) {
      return fixed.get();
    }
    @Nullable String value = changed.get(key);
    if (value != null) {
      return new Setting(key, value.strip(), Source.CHANGED, "changed, file " + changedIn);
    }
    value = file.get(key);
    if (value != null && fileName.isPresent()) {
      return new Setting(key, value.strip(), Source.FILE, "file " + fileName.get());
    }
    return new Setting(key, key.defaultValue(), Source.DEFAULT, "default");
  }

  /** What the start of the process says of {@code key}, which nothing in a file can change. */
  static Optional<Setting> fixed(ConfigInputs inputs, ConfigKey key) {
    @Nullable String value = inputs.options().get(key);
    if (value != null) {
      return Optional.of(new Setting(key, value.strip(), Source.OPTION, "option " + key.option()));
    }
    value = inputs.properties().get(key.property());
    if (value != null) {
      return Optional.of(
          new Setting(key, value.strip(), Source.PROPERTY, "system property " + key.property()));
    }
    value = inputs.environment().get(key.variable());
    return value == null || value.isBlank()
        ? Optional.empty()
        : Optional.of(
            new Setting(key, value.strip(), Source.ENVIRONMENT, "environment " + key.variable()));
  }
}

package dev.caelum.config;

/**
 * One value in force and where it comes from.
 *
 * @param value as written; empty = not set
 * @param where for example {@code option --port}, {@code environment CAELUM_PORT}, {@code default}
 */
public record Setting(ConfigKey key, String value, Source source, String where) {
  /** What stands in the place of a secret. */
  public static final String HIDDEN = "(set)";

  /** The places a value may come from, the strongest first. */
  public enum Source {
    OPTION,
    PROPERTY,
    ENVIRONMENT,
    /** While a node ran, by its page or its API; see {@link SettingsFile}. */
    CHANGED,
    FILE,
    DEFAULT
  }

  /** The value for people's eyes: of a secret only whether it is set. */
  public String shown() {
    return key == ConfigKey.WEBHOOK_SECRET && !value.isEmpty() ? HIDDEN : value;
  }

  /** {@code port = 70000 (option --port)}, the beginning of every complaint about it. */
  String subject() {
    return key.key() + " = " + (value.isEmpty() ? "(empty)" : shown()) + " (" + where + ")";
  }
}

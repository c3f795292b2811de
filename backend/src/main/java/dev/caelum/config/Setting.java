package dev.caelum.config;

/**
 * One value in force and where it comes from.
 *
 * @param value as written; empty = not set
 * @param where for example {@code option --port}, {@code environment CAELUM_PORT}, {@code default}
 */
public record Setting(ConfigKey key, String value, Source source, String where) {
  /** The places a value may come from, the strongest first. */
  public enum Source {
    OPTION,
    PROPERTY,
    ENVIRONMENT,
    FILE,
    DEFAULT
  }

  /** {@code port = 70000 (option --port)}, the beginning of every complaint about it. */
  String subject() {
    return key.key() + " = " + (value.isEmpty() ? "(empty)" : value) + " (" + where + ")";
  }
}

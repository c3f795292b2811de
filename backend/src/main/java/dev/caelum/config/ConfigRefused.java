package dev.caelum.config;

import java.util.List;
import java.util.Map;

/** The configuration cannot be used; carries all reasons at once, one line each. */
public final class ConfigRefused extends Exception {
  private static final long serialVersionUID = 1;

  /** Each names key, value, source and rule; made of local input, not yet cleaned for display. */
  @SuppressWarnings("serial")
  private final List<String> problems;

  @SuppressWarnings("serial")
  private final Map<ConfigKey, String> fields;

  ConfigRefused(Problems problems) {
    super(String.join("\n", problems.lines()));
    this.problems = List.copyOf(problems.lines());
    this.fields = Map.copyOf(problems.fields());
  }

  /** What is wrong with each setting, as a sentence for its field. */
  public Map<ConfigKey, String> fields() {
    return fields;
  }

  /** At least one line. */
  public List<String> problems() {
    return problems;
  }
}

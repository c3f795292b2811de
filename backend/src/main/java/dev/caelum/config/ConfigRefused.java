package dev.caelum.config;

import java.util.List;

/** The configuration cannot be used; carries all reasons at once, one line each. */
public final class ConfigRefused extends Exception {
  private static final long serialVersionUID = 1;

  /** Each names key, value, source and rule; made of local input, not yet cleaned for display. */
  @SuppressWarnings("serial")
  private final List<String> problems;

  ConfigRefused(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** At least one line. */
  public List<String> problems() {
    return problems;
  }
}

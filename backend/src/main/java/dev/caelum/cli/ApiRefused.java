package dev.caelum.cli;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** The node answered, and said no. */
final class ApiRefused extends Exception {
  private static final long serialVersionUID = 1;

  private final transient JsonObject problem;

  /**
   * What the node answered.
   *
   * @param hint what to do about it
   */
  ApiRefused(String detail, String code, @Nullable String hint) {
    this(detail, code, hint, JsonValue.EMPTY_JSON_OBJECT);
  }

  /**
   * The same with the whole answer.
   *
   * @param problem as the node sent it
   */
  ApiRefused(String detail, String code, @Nullable String hint, JsonObject problem) {
    super(detail + " (" + code + ")" + (hint == null ? "" : "\n" + hint));
    this.problem = problem;
  }

  JsonObject problem() {
    return problem;
  }
}

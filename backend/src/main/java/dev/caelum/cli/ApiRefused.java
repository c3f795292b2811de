package dev.caelum.cli;

import org.jspecify.annotations.Nullable;

/** The node answered, and said no. */
final class ApiRefused extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * What the node answered.
   *
   * @param hint what to do about it
   */
  ApiRefused(String detail, String code, @Nullable String hint) {
    super(detail + " (" + code + ")" + (hint == null ? "" : "\n" + hint));
  }
}

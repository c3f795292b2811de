package dev.caelum.ui.client;

import java.util.List;

/**
 * Why a machine is in its state, in the node's words.
 *
 * @param summary the state and what stands behind it
 * @param reasons what holds now
 * @param findings what happened, newest first
 */
public record Why(String summary, List<String> reasons, List<Finding> findings) {

  /**
   * One thing that happened.
   *
   * @param at {@link Monotonic} moment
   */
  public record Finding(long at, String code, String text) {}

  static Why read(Fields fields) {
    return new Why(
        fields.text("summary", ""),
        fields.texts("reasons"),
        fields.list("findings", Why::readFinding));
  }

  private static Finding readFinding(Fields fields) {
    Double age = fields.number("age_seconds");
    return new Finding(
        Monotonic.ago(age == null ? 0 : age), fields.text("code", ""), fields.text("text", ""));
  }
}

package dev.caelum.ui.client;

import org.jspecify.annotations.Nullable;

/**
 * Why the last attempt to connect failed.
 *
 * @param code from the dictionary of connection failures
 * @param text what happened, for people
 * @param hint what to do next
 * @param evidence what was seen
 * @param at {@link Monotonic} moment of the attempt
 * @param nextAt {@link Monotonic} moment of the next attempt; null when none is planned
 */
public record Failure(
    String code,
    String text,
    @Nullable String hint,
    @Nullable String evidence,
    @Nullable String endpoint,
    long attempt,
    long at,
    @Nullable Long nextAt) {

  static Failure read(Fields fields) {
    Double age = fields.number("age_seconds");
    Double next = fields.number("next_attempt_seconds");
    return new Failure(
        fields.text("code", "unknown"),
        fields.text("text", ""),
        fields.text("hint"),
        fields.text("evidence"),
        fields.text("endpoint"),
        fields.count("attempt"),
        Monotonic.ago(age == null ? 0 : age),
        next == null ? null : (Long) Monotonic.ago(-next));
  }
}

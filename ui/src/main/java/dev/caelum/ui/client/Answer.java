package dev.caelum.ui.client;

import org.jspecify.annotations.Nullable;

/**
 * How the node took a command.
 *
 * @param code from the API's dictionaries; {@code node_lost} when it did not answer
 * @param text what happened, for people; empty on success without a message
 * @param hint what to do next
 */
public record Answer(boolean success, @Nullable String code, String text, @Nullable String hint) {
  static final Answer NODE_LOST = new Answer(false, "node_lost", "", null);
}

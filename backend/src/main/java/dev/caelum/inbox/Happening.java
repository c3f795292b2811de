package dev.caelum.inbox;

import dev.caelum.feed.Notification.Kind;
import org.jspecify.annotations.Nullable;

/** One thing that happened and may deserve a notification; texts are clean for display. */
sealed interface Happening {
  /**
   * A machine or service went, or came back.
   *
   * @param subject names it among those of its kind
   * @param name for people
   * @param machine the key of its machine
   */
  record Turned(Kind kind, String subject, String name, String machine, Way way)
      implements Happening {}

  /** Which way something turned. */
  enum Way {
    /** It is gone without a word. */
    DOWN,
    /** It said goodbye. */
    LEFT,
    /** It is there again. */
    UP
  }

  /**
   * A line at the level of problems.
   *
   * @param code of the line; empty when it has none
   * @param machine the key of the machine it is about; null when about none
   */
  record Trouble(String code, @Nullable String machine, String text) implements Happening {}

  /**
   * A task ended without a result.
   *
   * @param type what was to be done
   * @param machine the key of the machine that had it last; null when none had
   * @param why what its last attempt ended with
   */
  record TaskLost(String id, String type, @Nullable String machine, String why)
      implements Happening {}
}

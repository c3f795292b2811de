package dev.caelum.inbox;

import dev.caelum.feed.LogLine.Level;
import dev.caelum.feed.Notification.Kind;
import java.util.List;

/** A notification before it has a number; see {@link dev.caelum.feed.Notification}. */
record Draft(Kind kind, Level level, String code, String text, List<String> machines, int count) {
  Draft {
    machines = List.copyOf(machines);
  }
}

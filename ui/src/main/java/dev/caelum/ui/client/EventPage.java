package dev.caelum.ui.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events of the past, newest first.
 *
 * @param before where the next page begins; null when there is none
 * @param problem why they are not known, as the node says, or empty when it does not answer; null
 *     when they are known
 * @param code of the problem
 */
public record EventPage(
    List<PastEvent> events,
    @Nullable Long before,
    @Nullable String problem,
    @Nullable String code) {
  /** The code of a node that keeps nothing. */
  public static final String NO_HISTORY = "no_history";

  public EventPage {
    events = List.copyOf(events);
  }

  static EventPage read(NodeHttp.@Nullable Reply reply) {
    if (reply == null) {
      return new EventPage(List.of(), null, "", null);
    }
    Fields fields = reply.fields();
    return reply.status() == 200 && reply.readable()
        ? new EventPage(
            fields.list("events", PastEvent::read),
            fields.number("before") == null ? null : (Long) fields.count("before"),
            null,
            null)
        : new EventPage(List.of(), null, fields.text("detail", ""), fields.text("code"));
  }
}

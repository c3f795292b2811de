package dev.caelum.feed;

import static dev.caelum.fuzz.Invariant.require;
import static dev.caelum.fuzz.Invariant.same;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Any header or parameter as the name of an event. */
public final class EventIdFuzz {
  private EventIdFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    EventId id = EventId.parse(new String(bytes, UTF_8));
    if (id != null) {
      require(id.number() >= 0 && id.instance().length() <= 32, "out of bounds: " + id);
      EventId again = EventId.parse(id.toString());
      require(again != null, "refuses what it wrote itself: " + id);
      same(id, again);
    }
  }
}

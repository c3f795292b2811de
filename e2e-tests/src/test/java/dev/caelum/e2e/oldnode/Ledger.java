package dev.caelum.e2e.oldnode;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an old node received, dropped and left unanswered, so that a test can say "none of ours was
 * dropped". Safe for use by several threads.
 */
final class Ledger {
  private static final int EXAMPLES = 20;

  private final Map<String, Integer> received = new TreeMap<>();
  private final Map<String, Integer> dropped = new TreeMap<>();
  private final Map<String, Integer> unanswered = new TreeMap<>();
  private final Deque<String> examples = new ArrayDeque<>();
  private final Deque<String> given = new ArrayDeque<>();
  private final Deque<JsonObject> tasks = new ArrayDeque<>();

  synchronized void received(String what) {
    received.merge(what, 1, Integer::sum);
  }

  /** Counts a message that the old node's parsers refuse, and keeps the first few as evidence. */
  synchronized void dropped(String reason, String source, String text) {
    dropped.merge(reason, 1, Integer::sum);
    if (examples.size() < EXAMPLES) {
      examples.add(
          reason + " from " + source + ": " + text.substring(0, Math.min(2_000, text.length())));
    }
  }

  /** Remembers the wire id of a task that it was given. */
  synchronized void given(String id) {
    given.add(id);
  }

  /** Remembers what others said of its own tasks, the first few. */
  synchronized void task(JsonObject envelope) {
    if (tasks.size() < EXAMPLES) {
      tasks.add(envelope);
    }
  }

  /** Counts what is well formed but gets no answer from an old node. */
  synchronized void unanswered(String reason) {
    unanswered.merge(reason, 1, Integer::sum);
  }

  synchronized JsonObject toJson() {
    return Json.createObjectBuilder()
        .add("received", Json.createObjectBuilder(Map.copyOf(received)))
        .add("dropped", Json.createObjectBuilder(Map.copyOf(dropped)))
        .add("unanswered", Json.createObjectBuilder(Map.copyOf(unanswered)))
        .add("examples", Json.createArrayBuilder(examples))
        .add("given", Json.createArrayBuilder(given))
        .add("tasks", Json.createArrayBuilder(tasks))
        .build();
  }
}

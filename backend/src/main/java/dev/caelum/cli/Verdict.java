package dev.caelum.cli;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One sentence about the cluster, and the counts behind it.
 *
 * @param machines this machine and all others that belong to its cluster and did not leave
 * @param connected those of them with a link, this machine included
 * @param states how many rows, of every kind, are in each state
 */
record Verdict(String sentence, int machines, int connected, Map<String, Integer> states) {
  private static final int MAX_NAMED = 3;

  /** From the answer to {@code GET /machines}. */
  static Verdict of(JsonObject answer) {
    List<JsonObject> rows = rows(answer);
    Map<String, Integer> states = new TreeMap<>();
    for (JsonObject row : rows) {
      states.merge(String.valueOf(JsonText.text(row, "state")), 1, Integer::sum);
    }
    List<JsonObject> ours =
        rows.stream()
            .filter(row -> !JsonText.flag(row, "foreign"))
            .filter(row -> !"left".equals(JsonText.text(row, "state")))
            .toList();
    List<JsonObject> apart = ours.stream().filter(row -> !JsonText.flag(row, "connected")).toList();
    int connected = ours.size() - apart.size();
    return new Verdict(sentence(ours.size(), connected, apart), ours.size(), connected, states);
  }

  /** Every row of the answer, this machine first. */
  static List<JsonObject> rows(JsonObject answer) {
    List<JsonObject> rows = new ArrayList<>(JsonText.objects(answer, "machines"));
    rows.addAll(JsonText.objects(answer, "other_machines"));
    return rows;
  }

  private static String sentence(int machines, int connected, List<JsonObject> apart) {
    if (machines <= 1) {
      return "This node is alone in its cluster.";
    }
    if (apart.isEmpty()) {
      return "All " + machines + " machines are connected.";
    }
    String silent =
        apart.stream()
            .limit(MAX_NAMED)
            .map(row ->
                JsonText.text(row, "hostname")
                    + " has been silent for "
                    + Figures.duration(JsonText.number(row, "last_seen_seconds"))
                    + ".")
            .collect(Collectors.joining(" "));
    String more =
        apart.size() > MAX_NAMED ? " So have " + (apart.size() - MAX_NAMED) + " more." : "";
    return connected + " of " + machines + " machines are connected. " + silent + more;
  }
}

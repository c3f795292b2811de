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
            .filter(row -> JsonText.flag(row, "self") || !JsonText.flag(row, "ignored"))
            .filter(row -> !"left".equals(JsonText.text(row, "state")))
            .toList();
    List<JsonObject> unlinked =
        ours.stream().filter(row -> !JsonText.flag(row, "connected")).toList();
    List<JsonObject> apart =
        unlinked.stream().filter(row -> !"alive".equals(JsonText.text(row, "state"))).toList();
    int connected = ours.size() - unlinked.size();
    int through = unlinked.size() - apart.size();
    String sentence = sentence(ours.size(), connected, through, apart);
    return new Verdict(sentence, ours.size(), connected, states);
  }

  /** Every row of the answer, this machine first. */
  static List<JsonObject> rows(JsonObject answer) {
    List<JsonObject> rows = new ArrayList<>(JsonText.objects(answer, "machines"));
    rows.addAll(JsonText.objects(answer, "other_machines"));
    return rows;
  }

  private static String sentence(int machines, int connected, int through, List<JsonObject> apart) {
    if (machines <= 1) {
      return "This node is alone in its cluster.";
    }
    String head = head(machines, connected, through);
    if (apart.isEmpty()) {
      return head;
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
    return head + " " + silent + more;
  }

  /** {@code through}: how many are alive without a link, known through others. */
  private static String head(int machines, int connected, int through) {
    int here = connected + through;
    String of = here == machines ? "All " + machines : here + " of " + machines;
    return through == 0
        ? of + " machines are connected."
        : of + " machines are alive, " + connected + " of them linked here.";
  }
}

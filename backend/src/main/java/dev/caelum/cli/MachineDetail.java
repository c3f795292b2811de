package dev.caelum.cli;

import dev.caelum.logging.Printable;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One machine for people: what it is like, or why. */
final class MachineDetail {
  private final PrintWriter out;

  MachineDetail(PrintWriter out) {
    this.out = out;
  }

  /** The Machine object. */
  void print(JsonObject row) {
    head(row);
    line("Key", JsonText.text(row, "key"));
    line("Address", JsonText.text(row, "address"));
    line(
        "State",
        JsonText.text(row, "state")
            + " for "
            + Figures.duration(JsonText.number(row, "state_since_seconds")));
    if (!JsonText.flag(row, "self")) {
      line("Last seen", Figures.duration(JsonText.number(row, "last_seen_seconds")) + " ago");
    }
    line("Incarnation", JsonText.text(row, "incarnation"));
    line("Link", link(JsonText.object(row, "link")));
    line("Probes", probes(JsonText.object(row, "probes")));
    line("Doubt", doubt(JsonText.object(row, "doubt")));
    line("Version", JsonText.text(row, "caelum_version"));
    line("Cluster", JsonText.text(row, "cluster_name"));
  }

  /** The Why object. */
  void printWhy(JsonObject why) {
    head(why);
    out.println();
    for (JsonString reason :
        why.containsKey("reasons")
            ? why.getJsonArray("reasons").getValuesAs(JsonString.class)
            : List.<JsonString>of()) {
      out.println("- " + Printable.of(reason.getString()));
    }
    List<JsonObject> findings = JsonText.objects(why, "findings");
    if (findings.isEmpty()) {
      return;
    }
    out.println();
    out.println("What happened, newest first");
    for (JsonObject finding : findings) {
      String ago = Figures.duration(JsonText.number(finding, "age_seconds")) + " ago";
      out.println(
          time(JsonText.text(finding, "time"))
              + "  "
              + " ".repeat(Math.max(0, 14 - ago.length()))
              + ago
              + "  "
              + Printable.of(JsonText.text(finding, "text")));
    }
  }

  private void head(JsonObject row) {
    out.println(
        Printable.of(JsonText.text(row, "hostname"), 64)
            + ": "
            + Printable.of(JsonText.text(row, "summary")));
  }

  private void line(String name, @Nullable String value) {
    out.println(name + " ".repeat(13 - name.length()) + Printable.of(value == null ? "-" : value));
  }

  private static String link(JsonObject link) {
    if (link.isEmpty()) {
      return "-";
    }
    return JsonText.text(link, "direction")
        + ("inbound".equals(JsonText.text(link, "direction")) ? " from " : " to ")
        + JsonText.text(link, "path")
        + " for "
        + Figures.duration(JsonText.number(link, "since_seconds"))
        + ", round trip "
        + Figures.millis(JsonText.number(link, "rtt_ms"));
  }

  private static String probes(JsonObject probes) {
    if (probes.isEmpty()) {
      return "-";
    }
    return "%d of %d lost, round trip %s%s"
        .formatted(
            JsonText.count(probes, "lost"),
            JsonText.count(probes, "asked"),
            Figures.millis(JsonText.number(probes, "rtt_ms")),
            JsonText.flag(probes, "udp_blocked") ? ", UDP blocked (TCP works)" : "");
  }

  private static String doubt(JsonObject doubt) {
    if (doubt.isEmpty()) {
      return "-";
    }
    String accusers =
        JsonText.objects(doubt, "accusers").stream()
            .map(each ->
                Objects.requireNonNullElse(
                    JsonText.text(each, "hostname"),
                    String.valueOf(JsonText.text(each, "instance"))))
            .collect(Collectors.joining(", "));
    return "%s, %s ago: %s%s"
        .formatted(
            JsonText.text(doubt, "outcome"),
            Figures.duration(JsonText.number(doubt, "since_seconds")),
            JsonText.text(doubt, "evidence"),
            accusers.isEmpty() ? "" : " (by " + accusers + ")");
  }

  /** The time of day as the node told it, in UTC. */
  private static String time(@Nullable String instant) {
    return instant == null || instant.length() < 19
        ? "-"
        : Printable.of(instant.substring(0, 10) + " " + instant.substring(11, 19)) + "Z";
  }
}

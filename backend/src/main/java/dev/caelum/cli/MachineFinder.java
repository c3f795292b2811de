package dev.caelum.cli;

import dev.caelum.logging.Printable;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** Finds the one machine that a person means. */
final class MachineFinder {
  private static final int SUGGESTED = 3;

  private MachineFinder() {}

  /** Nobody goes by the name, or several do. */
  static final class NotOne extends Exception {
    private static final long serialVersionUID = 1L;

    /** The exit code. */
    final int code;

    NotOne(int code, String message) {
      super(message);
      this.code = code;
    }
  }

  /**
   * The row that {@code name} names: by key, else by id, host name or address.
   *
   * @throws NotOne with one line for the person, or one more for each of several machines
   */
  static JsonObject find(String name, List<JsonObject> rows) throws NotOne {
    for (JsonObject row : rows) {
      if (name.equals(JsonText.text(row, "key"))) {
        return row;
      }
    }
    List<JsonObject> found = rows.stream().filter(row -> named(row, name)).toList();
    if (found.isEmpty()) {
      throw new NotOne(
          ExitCode.FAILED,
          "The node knows no machine "
              + Printable.of(name)
              + "; "
              + like(name, rows)
              + "./caelum machines lists them.");
    }
    if (found.size() > 1) {
      throw new NotOne(
          ExitCode.USAGE,
          found.size()
              + " machines go by "
              + Printable.of(name)
              + "; name one by its key:\n"
              + found.stream()
                  .map(row -> "  " + Printable.of(JsonText.text(row, "key")))
                  .collect(Collectors.joining("\n")));
    }
    return found.getFirst();
  }

  /** Names that hold what was typed, or its beginning. */
  private static String like(String name, List<JsonObject> rows) {
    String part = name.substring(0, Math.min(name.length(), 3)).toLowerCase(Locale.ROOT);
    String names =
        rows.stream()
            .map(row -> Objects.requireNonNullElse(JsonText.text(row, "hostname"), ""))
            .filter(hostname -> hostname.toLowerCase(Locale.ROOT).contains(part))
            .distinct()
            .limit(SUGGESTED)
            .map(Printable::of)
            .collect(Collectors.joining(" or "));
    return names.isEmpty() ? "" : "did you mean " + names + "? ";
  }

  private static boolean named(JsonObject row, String name) {
    String hostname = Objects.requireNonNullElse(JsonText.text(row, "hostname"), "");
    String address = Objects.requireNonNullElse(JsonText.text(row, "address"), "");
    return hostname.equalsIgnoreCase(name)
        || name.equalsIgnoreCase(JsonText.text(row, "label"))
        || address.equals(name)
        || address.startsWith(name + ":")
        || address.startsWith("[" + name + "]:")
        || name.equals(JsonText.text(row, "machine_id"));
  }
}

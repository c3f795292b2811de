package dev.caelum.ui.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which events are looked for; what is empty takes all.
 *
 * @param level {@code info}, {@code warning} or {@code problem}
 * @param category {@code machine}, {@code connection}, {@code discovery} or {@code node}
 * @param machine a key
 * @param text that the line holds, whatever its case
 * @param range how far back, as the API takes it, for example {@code 60m}
 */
public record EventFilter(
    String level, String category, String machine, String text, String range) {
  public static final EventFilter ALL = new EventFilter("", "", "", "", "");

  /** The parameters for the API, without those that are empty. */
  public String query() {
    List<String> parts = new ArrayList<>();
    add(parts, "level", level);
    add(parts, "category", category);
    add(parts, "key", machine);
    add(parts, "q", text);
    add(parts, "from", range);
    return String.join("&", parts);
  }

  private static void add(List<String> parts, String name, String value) {
    if (!value.isEmpty()) {
      parts.add(name + "=" + NodeHttp.segment(value));
    }
  }

  /** Whether a line that was written just now is among them. */
  public boolean takes(LogLine line) {
    return matches(level, line.level())
        && matches(category, line.category())
        && matches(machine, line.key())
        && line.text().toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
  }

  private static boolean matches(String wanted, @Nullable String found) {
    return wanted.isEmpty() || wanted.equals(found);
  }
}

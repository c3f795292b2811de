package dev.caelum.http;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Events as CSV (RFC 4180) or as JSON Lines. */
final class EventsText {
  private EventsText() {}

  static String csv(List<HistoryRoutes.EventView> events) {
    StringBuilder out = new StringBuilder("time,level,category,text,key,code\r\n");
    for (HistoryRoutes.EventView event : events) {
      out.append(event.time())
          .append(',')
          .append(event.level())
          .append(',')
          .append(event.category())
          .append(',')
          .append(field(event.text()))
          .append(',')
          .append(field(event.key()))
          .append(',')
          .append(field(event.code()))
          .append("\r\n");
    }
    return out.toString();
  }

  /** One JSON object a line. */
  static String jsonLines(List<HistoryRoutes.EventView> events) {
    StringBuilder out = new StringBuilder();
    events.forEach(event -> out.append(Json.text(event)).append('\n'));
    return out.toString();
  }

  /** In quotes; what a spreadsheet would take for a formula begins with an apostrophe. */
  private static String field(@Nullable String text) {
    String plain = Objects.requireNonNullElse(text, "");
    String harmless = plain.matches("(?s)[=+\\-@\t\r].*") ? "'" + plain : plain;
    return '"' + harmless.replace("\"", "\"\"") + '"';
  }
}

package dev.caelum.http;

import dev.caelum.feed.LogLine;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One log line of the API. */
public record LogLineView(
    String time,
    String level,
    String category,
    String text,
    @Nullable String key,
    @JsonbProperty("interface") @JsonbNillable @Nullable String interfaceName,
    @Nullable String code) {

  static LogLineView of(LogLine line) {
    return new LogLineView(
        line.time().toString(),
        Words.of(line.level()),
        Words.of(line.category()),
        line.text(),
        line.key(),
        line.interfaceName(),
        line.code());
  }

  static List<LogLineView> of(List<LogLine> lines) {
    return lines.stream().map(LogLineView::of).toList();
  }
}

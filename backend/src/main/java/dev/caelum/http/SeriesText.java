package dev.caelum.http;

import dev.caelum.history.Past;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.IntToDoubleFunction;

/** Recorded numbers as JSON and CSV; what was not measured is null, or an empty field. */
final class SeriesText {
  private static final int DECIMALS = 3;

  private SeriesText() {}

  static String json(Past.Series series) {
    StringBuilder out = new StringBuilder(65_536);
    out.append("{\"machine_id\":")
        .append(series.name().isEmpty() ? "null" : Json.text(series.name()))
        .append(",\"hostname\":")
        .append(series.name().isEmpty() ? "null" : Json.text(series.hostname()))
        .append(",\"from\":")
        .append(Json.text(HistoryRoutes.time(series.from())))
        .append(",\"step_s\":")
        .append(series.step())
        .append(",\"metrics\":{");
    String comma = "";
    for (Past.Column column : series.columns()) {
      out.append(comma).append('"').append(column.metric().code()).append("\":{\"unit\":\"");
      out.append(column.metric().unit()).append("\",\"mean\":");
      list(out, column.size(), column::mean);
      if (series.step() > Past.STEP_SECONDS) {
        list(out.append(",\"min\":"), column.size(), column::least);
        list(out.append(",\"max\":"), column.size(), column::most);
      }
      out.append('}');
      comma = ",";
    }
    out.append("},\"recorded\":")
        .append(Json.text(series.recorded().stream().map(HistoryRoutes.Span::of).toList()));
    return out.append('}').toString();
  }

  private static void list(StringBuilder out, int size, IntToDoubleFunction values) {
    out.append('[');
    for (int i = 0; i < size; i++) {
      double value = values.applyAsDouble(i);
      out.append(i == 0 ? "" : ",").append(Double.isNaN(value) ? "null" : number(value));
    }
    out.append(']');
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value)
        .setScale(DECIMALS, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  static String csv(Past.Series series) {
    StringBuilder out = new StringBuilder(65_536).append("time");
    series.columns().forEach(column -> out.append(',').append(column.metric().code()));
    out.append("\r\n");
    int steps = series.columns().isEmpty() ? 0 : series.columns().getFirst().size();
    for (int i = 0; i < steps; i++) {
      out.append(HistoryRoutes.time(series.from() + (long) i * series.step()));
      for (Past.Column column : series.columns()) {
        double value = column.mean(i);
        out.append(',').append(Double.isNaN(value) ? "" : number(value));
      }
      out.append("\r\n");
    }
    return out.toString();
  }
}

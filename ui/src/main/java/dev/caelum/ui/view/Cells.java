package dev.caelum.ui.view;

import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.function.ValueProvider;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Columns that all tables have alike. */
final class Cells {
  private Cells() {}

  /** A text; unknown ones say so. */
  static <T> Grid.Column<T> text(
      Grid<T> grid, String key, ValueProvider<T, String> value, String width, boolean number) {
    LitRenderer<T> renderer =
        LitRenderer.<T>of(
                "<span class=\"value\" data-column=\""
                    + key
                    + "\" title=\"${item.text === "
                    + script(Words.UNKNOWN)
                    + " ? "
                    + script(Words.of("unknown.tip"))
                    + " : item.text}\">${item.text}</span>")
            .withProperty("text", value);
    Grid.Column<T> column =
        grid.addColumn(renderer)
            .setHeader(Words.of("column." + key))
            .setWidth(width)
            .setFlexGrow(0);
    return number ? column.setTextAlign(ColumnTextAlign.END) : column;
  }

  /**
   * Words of ours as a literal in the script of a template: what all rows share is not sent with
   * each.
   */
  static String script(String words) {
    return "'"
        + words
            .codePoints()
            .mapToObj(c ->
                Character.isLetterOrDigit(c) || c == ' '
                    ? Character.toString(c)
                    : "\\u{" + Integer.toHexString(c) + "}")
            .collect(Collectors.joining())
        + "'";
  }

  /** An age that ticks. */
  static <T> Grid.Column<T> age(
      Grid<T> grid,
      String key,
      ValueProvider<T, @Nullable Long> moment,
      String pattern,
      String width) {
    LitRenderer<T> renderer =
        LitRenderer.<T>of(
                "<caelum-age short since=\"${item.moment}\" pattern=\"${"
                    + script(Words.of("age." + pattern, "{0}"))
                    + "}\"></caelum-age>")
            .withProperty("moment", row -> moment(moment.apply(row)));
    return grid.addColumn(renderer)
        .setHeader(Words.of("column." + key))
        .setWidth(width)
        .setFlexGrow(0)
        .setTextAlign(ColumnTextAlign.END);
  }

  /** A moment as an attribute; empty when unknown. */
  static String moment(@Nullable Long moment) {
    return moment == null ? "" : moment.toString();
  }
}

package dev.caelum.ui.view;

import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.function.ValueProvider;
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
                    + "\" title=\"${item.tip || item.text}\">${item.text}</span>")
            .withProperty("text", value)
            .withProperty("tip", row -> unmeasured(value.apply(row)));
    Grid.Column<T> column =
        grid.addColumn(renderer)
            .setHeader(Words.of("column." + key))
            .setWidth(width)
            .setFlexGrow(0);
    return number ? column.setTextAlign(ColumnTextAlign.END) : column;
  }

  /** What is to say of a value beyond itself; null for most. */
  private static @Nullable String unmeasured(String value) {
    return value.equals(Words.UNKNOWN) ? Words.of("unknown.tip") : null;
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
                "<caelum-age short since=\"${item.moment}\" pattern=\"${item.pattern}\"></caelum-age>")
            .withProperty("moment", row -> moment(moment.apply(row)))
            .withProperty("pattern", row -> Words.of("age." + pattern, "{0}"));
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

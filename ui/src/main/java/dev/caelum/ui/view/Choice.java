package dev.caelum.ui.view;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.data.renderer.LitRenderer;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rows of a table that its reader has ticked, by their keys. What a search hides stays ticked;
 * what is gone does not.
 */
final class Choice<T> {
  private final Set<String> ticked = new LinkedHashSet<>();
  private final Function<T, String> key;
  private final String oneLabel;
  private final Runnable changed;
  private final Checkbox all = new Checkbox();
  private Consumer<Set<String>> redraw = keys -> {};
  private List<T> offered = List.of();

  /**
   * @param allLabel says what the box above the rows ticks
   * @param changed called after each tick
   */
  Choice(Function<T, String> key, String allLabel, String oneLabel, Runnable changed) {
    this.key = key;
    this.oneLabel = oneLabel;
    this.changed = changed;
    all.setAriaLabel(allLabel);
    all.setTestId("tick-all");
    all.addValueChangeListener(change -> {
      if (change.isFromClient()) {
        tickAll(change.getValue());
      }
    });
  }

  /** The box of each row, and one above for all of them. */
  Grid.Column<T> column(Grid<T> grid) {
    // the cell has the focus, and passes the space key on to the box
    LitRenderer<T> renderer =
        LitRenderer.<T>of(
                "<input type=\"checkbox\" tabindex=\"-1\" class=\"tick\" data-testid=\"tick\" aria-label=\"${"
                    + Cells.script(oneLabel)
                    + "}\" .checked=\"${item.ticked}\" @change=\"${e => tick(e.target.checked)}\">")
            .withProperty("ticked", this::has)
            .withFunction("tick", (row, values) -> tick(row, values.get(0).asBoolean()));
    return grid.addColumn(renderer).setHeader(all).setWidth("3rem").setFlexGrow(0);
  }

  boolean has(T row) {
    return ticked.contains(key.apply(row));
  }

  /** Tells {@code listener} the keys of rows whose box is to be drawn anew. */
  void redraw(Consumer<Set<String>> listener) {
    redraw = listener;
  }

  private void tick(T row, boolean now) {
    change(Set.of(key.apply(row)), now);
  }

  private void tickAll(boolean now) {
    change(offered.stream().map(key).collect(Collectors.toSet()), now);
  }

  void clear() {
    change(Set.copyOf(ticked), false);
  }

  private void change(Set<String> keys, boolean now) {
    if (now) {
      ticked.addAll(keys);
    } else {
      ticked.removeAll(keys);
    }
    // The page's own box may tell otherwise than what it was sent.
    redraw.accept(keys);
    changed.run();
  }

  /**
   * Which of {@code known} are ticked, those only that are offered being counted by the box above.
   *
   * @param known all rows there are; ticks of others are forgotten
   * @param offered those that the table shows
   */
  List<T> of(List<T> known, List<T> offered) {
    this.offered = offered;
    List<T> chosen = known.stream().filter(this::has).toList();
    if (chosen.size() < ticked.size()) {
      Set<String> keys = new HashSet<>();
      chosen.forEach(row -> keys.add(key.apply(row)));
      ticked.retainAll(keys);
    }
    long shown = offered.stream().filter(this::has).count();
    all.setValue(shown > 0 && shown == offered.size());
    all.setIndeterminate(shown > 0 && shown < offered.size());
    return chosen;
  }
}

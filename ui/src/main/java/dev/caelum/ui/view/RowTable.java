package dev.caelum.ui.view;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.provider.DataKeyMapper;
import com.vaadin.flow.data.provider.ListDataProvider;
import com.vaadin.flow.signals.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A grid whose rows keep their names: only rows that changed are sent, rows stay in place under the
 * pointer, and on a narrow window one stacked column takes the place of all others.
 */
final class RowTable<T> extends Div {
  private static final int NARROW = 800;

  /** Rows sent together: about what a window shows, since each change of their order sends them. */
  private static final int PAGE = 10;

  /** Up to here the grid is as high as its rows; above, it scrolls. */
  private static final int TALL = 24;

  /** The grid's own key of the row in which an event happened. */
  private static final String EVENT_ROW = "(element.getEventContext(event).item || {}).key || ''";

  private final Grid<T> grid = new Grid<>();
  private final List<T> rows = new ArrayList<>();
  private final Function<T, String> key;
  private final ListDataProvider<T> provider;
  private final RowOrder<T> order;
  private final Consumer<T> open;
  private @Nullable Boolean narrow;
  private final Layout<T> columns;
  private final Div moved = new Div();
  private final Span movedText = new Span();
  private @Nullable Choice<T> choice;
  private List<T> wanted = List.of();
  private int window;
  private boolean crowded;
  private boolean pointed;
  private boolean focused;

  /** What a table shows of its rows. */
  interface Layout<T> {
    /** Adds the columns for a wide window. */
    List<Grid.Column<T>> wide(Grid<T> grid);

    /** Adds the one column that a narrow window shows instead. */
    Grid.Column<T> stacked(Grid<T> grid);
  }

  /** Rows are the same when their key is. */
  private static final class Keyed<T> extends ListDataProvider<T> {
    private final transient Function<T, String> key;

    Keyed(List<T> rows, Function<T, String> key) {
      super(rows);
      this.key = key;
    }

    @Override
    public Object getId(T row) {
      return key.apply(row);
    }
  }

  /**
   * @param key names a row for its life
   * @param open called when Enter is pressed in a row
   */
  RowTable(
      String testId, String label, Layout<T> columns, Function<T, String> key, Consumer<T> open) {
    this.key = key;
    this.open = open;
    provider = new Keyed<>(rows, key);
    order = new RowOrder<>(key);
    addClassName("row-table");
    grid.setTestId(testId);
    grid.setAriaLabel(label);
    grid.setPageSize(PAGE);
    grid.setSelectionMode(Grid.SelectionMode.NONE);
    grid.addThemeVariants(GridVariant.NO_BORDER);
    this.columns = columns;
    arrange();
    grid.setDataProvider(provider);
    grid.setAllRowsVisible(true);
    freezeUnderPointer();
    openByEnter();
    Button sort = new Button(Words.of("table.sort"), click -> rearrange(false));
    sort.addThemeVariants(ButtonVariant.TERTIARY);
    moved.add(movedText, sort);
    moved.addClassName("moved");
    moved.setVisible(false);
    add(grid, moved);
  }

  /** A press anywhere in a row opens it, too, unless it was to select text. */
  RowTable<T> openByPress() {
    grid.addClassName("pressable");
    openOn("click", "getSelection().isCollapsed && !event.target.closest('.tick')");
    return this;
  }

  /** Puts a box before each row, to tick it. */
  RowTable<T> choosable(Choice<T> ticks) {
    choice = ticks;
    ticks.redraw(this::redraw);
    narrow = null;
    arrange();
    return this;
  }

  private void openByEnter() {
    openOn("keydown", "event.key === 'Enter'");
  }

  private void openOn(String event, String filter) {
    grid.getElement()
        .addEventListener(
            event,
            told -> {
              String row = told.getEventData().path(EVENT_ROW).asString("");
              T item = row.isEmpty() ? null : grid.getDataCommunicator().getKeyMapper().get(row);
              if (item != null) {
                open.accept(item);
              }
            })
        .setFilter(filter)
        .addEventData(EVENT_ROW);
  }

  private void freezeUnderPointer() {
    var element = grid.getElement();
    element.addEventListener("mouseenter", event -> pointed = true);
    element.addEventListener("focusin", event -> focused = true);
    element.addEventListener("mouseleave", event -> thaw(false, focused));
    element.addEventListener("focusout", event -> thaw(pointed, false));
  }

  private void thaw(boolean stillPointed, boolean stillFocused) {
    pointed = stillPointed;
    focused = stillFocused;
    if (!pointed && !focused) {
      rearrange(false);
    }
  }

  @Override
  protected void onAttach(AttachEvent event) {
    super.onAttach(event);
    var window = event.getUI().getPage().windowSizeSignal();
    Signal.effect(this, () -> narrow(window.get().width()));
  }

  private void narrow(int width) {
    window = width;
    arrange();
  }

  /** Whether something stands beside it, so that it has no room for its columns. */
  void crowded(boolean now) {
    if (crowded != now) {
      crowded = now;
      arrange();
    }
  }

  /** Only the columns that are seen are there: each sends its values of every row. */
  private void arrange() {
    boolean now = crowded || (window > 0 && window < NARROW);
    if (narrow == null || narrow != now) {
      narrow = now;
      grid.removeAllColumns();
      if (choice != null) {
        choice.column(grid);
      }
      if (now) {
        columns.stacked(grid);
      } else {
        columns.wide(grid);
      }
    }
  }

  /** Shows {@code now}, in that order unless somebody points at a row. */
  void show(List<T> now) {
    if (!now.equals(wanted)) {
      wanted = now;
      rearrange(pointed || focused);
    }
  }

  /** How many rows there are. */
  int size() {
    return rows.size();
  }

  private void rearrange(boolean frozen) {
    List<T> next = order.arrange(wanted, frozen);
    moved.setVisible(order.waiting() > 0);
    movedText.setText(Words.of("table.moved", order.waiting()));
    // What the browser does not have it reads when it comes to it.
    DataKeyMapper<T> known = grid.getDataCommunicator().getKeyMapper();
    List<T> before = List.copyOf(rows);
    rows.clear();
    rows.addAll(next);
    if (!inPlace(before, next, known)) {
      fit();
      provider.refreshAll();
      return;
    }
    if (before.size() != next.size()) {
      fit();
      grid.getDataCommunicator().setCountCallback(_ -> rows.size());
    }
    for (int i = 0; i < next.size(); i++) {
      T row = next.get(i);
      if (i < before.size() && !row.equals(before.get(i)) && known.has(row)) {
        provider.refreshItem(row);
      }
    }
  }

  /** Whether all rows that the browser has stay where they are, and none comes among them. */
  private boolean inPlace(List<T> before, List<T> next, DataKeyMapper<T> known) {
    for (int i = 0; i < Math.max(before.size(), next.size()); i++) {
      T was = i < before.size() ? before.get(i) : null;
      T is = i < next.size() ? next.get(i) : null;
      boolean same = was != null && is != null && key.apply(was).equals(key.apply(is));
      if (!same && ((was != null && known.has(was)) || (is != null && known.has(is)))) {
        return false;
      }
    }
    return true;
  }

  private void redraw(Set<String> keys) {
    DataKeyMapper<T> known = grid.getDataCommunicator().getKeyMapper();
    rows.stream()
        .filter(row -> keys.contains(key.apply(row)) && known.has(row))
        .forEach(provider::refreshItem);
  }

  private void fit() {
    boolean all = rows.size() <= TALL;
    if (all != grid.isAllRowsVisible()) {
      grid.setAllRowsVisible(all);
      grid.setHeight(all ? null : "40rem");
    }
  }
}

package dev.caelum.ui.view;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.provider.ListDataProvider;
import com.vaadin.flow.signals.Signal;
import dev.caelum.ui.client.Machine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A grid of machines keyed by {@code key}: only rows that changed are sent, rows stay in place
 * under the pointer, and on a narrow window one stacked column takes the place of all others.
 */
final class MachineTable extends Div {
  private static final int NARROW = 800;

  /** Up to here the grid is as high as its rows; above, it scrolls. */
  private static final int TALL = 24;

  /** The grid's own key of the row that has the focus. */
  private static final String FOCUSED_ROW = "(element.getEventContext(event).item || {}).key || ''";

  private final Grid<Machine> grid = new Grid<>();
  private final List<Machine> rows = new ArrayList<>();
  private final ListDataProvider<Machine> provider = new Keyed(rows);
  private final RowOrder order = new RowOrder();
  private final Grid.Column<Machine> stacked;
  private final List<Grid.Column<Machine>> wide;
  private final Div moved = new Div();
  private final Span movedText = new Span();
  private List<Machine> wanted = List.of();
  private boolean pointed;
  private boolean focused;

  /** Rows are the same when their key is. */
  private static final class Keyed extends ListDataProvider<Machine> {
    Keyed(List<Machine> rows) {
      super(rows);
    }

    @Override
    public Object getId(Machine machine) {
      return machine.key();
    }
  }

  MachineTable(String testId, String label, Columns columns) {
    addClassName("machine-table");
    grid.setTestId(testId);
    grid.setAriaLabel(label);
    grid.setSelectionMode(Grid.SelectionMode.NONE);
    grid.addThemeVariants(GridVariant.NO_BORDER);
    wide = columns.wide(grid);
    stacked = columns.stacked(grid);
    stacked.setVisible(false);
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

  /** Enter in any cell tells why, as a press on the state does. */
  private void openByEnter() {
    grid.getElement()
        .addEventListener(
            "keydown",
            event -> {
              String key = event.getEventData().path(FOCUSED_ROW).asString("");
              Machine machine =
                  key.isEmpty() ? null : grid.getDataCommunicator().getKeyMapper().get(key);
              if (machine != null) {
                WhyDialog.open(machine);
              }
            })
        .setFilter("event.key === 'Enter'")
        .addEventData(FOCUSED_ROW);
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
    boolean narrow = width > 0 && width < NARROW;
    stacked.setVisible(narrow);
    wide.forEach(column -> column.setVisible(!narrow));
  }

  /** Shows those of {@code sorted} that {@code filter} takes. */
  void show(List<Machine> sorted, Predicate<Machine> filter) {
    List<Machine> now = sorted.stream().filter(filter).toList();
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
    List<Machine> next = order.arrange(wanted, frozen);
    moved.setVisible(order.waiting() > 0);
    movedText.setText(Words.of("table.moved", order.waiting()));
    Map<String, Machine> before = new HashMap<>();
    rows.forEach(row -> before.put(row.key(), row));
    boolean sameRows =
        rows.stream().map(Machine::key).toList().equals(next.stream().map(Machine::key).toList());
    rows.clear();
    rows.addAll(next);
    if (!sameRows) {
      fit();
      provider.refreshAll();
      return;
    }
    for (Machine row : next) {
      if (!row.equals(before.get(row.key()))) {
        provider.refreshItem(row);
      }
    }
  }

  private void fit() {
    boolean all = rows.size() <= TALL;
    if (all != grid.isAllRowsVisible()) {
      grid.setAllRowsVisible(all);
      grid.setHeight(all ? null : "40rem");
    }
  }
}

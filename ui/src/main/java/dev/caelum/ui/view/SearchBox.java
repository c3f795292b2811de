package dev.caelum.ui.view;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.data.provider.Query;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.router.QueryParameters;
import dev.caelum.ui.client.Machine;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/** Finds a machine from every view: a choice opens it, other words search the table of all. */
final class SearchBox extends ComboBox<Machine> {
  private static final Comparator<Machine> ORDER =
      Comparator.comparing(Machine::hostname, String.CASE_INSENSITIVE_ORDER)
          .thenComparing(Machine::key);

  SearchBox() {
    setId("caelum-search");
    setTestId("search");
    addClassName("search");
    setPlaceholder(Words.of("shell.search"));
    setAriaLabel(Words.of("shell.search.label"));
    setItemLabelGenerator(Words::name);
    setRenderer(
        LitRenderer.<Machine>of(
                "<span class=\"found\"><bdi>${item.name}</bdi>"
                    + "<span class=\"quiet\">${item.address}</span></span>")
            .withProperty("name", Words::name)
            .withProperty("address", Machine::address));
    setItems(SearchBox::found);
    setAllowCustomValue(true);
    addCustomValueSetListener(typed -> search(typed.getDetail().strip()));
    addValueChangeListener(change -> {
      Machine machine = change.getValue();
      if (machine != null) {
        clear();
        open(MachinesView.SELECTED, machine.key());
      }
    });
  }

  private static Stream<Machine> found(Query<Machine, String> query) {
    String words = query.getFilter().orElse("").strip().toLowerCase(Locale.ROOT);
    return Access.view().machines().stream()
        .filter(machine -> machine.searched().contains(words))
        .sorted(ORDER)
        .skip(query.getOffset())
        .limit(query.getLimit());
  }

  private void search(String words) {
    clear();
    if (!words.isEmpty()) {
      open(MachinesView.SEARCH, words);
    }
  }

  private static void open(String parameter, String value) {
    UI.getCurrent().navigate("machines", QueryParameters.of(parameter, value));
  }
}

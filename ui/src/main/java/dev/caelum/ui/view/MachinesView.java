package dev.caelum.ui.view;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.masterdetaillayout.MasterDetailLayout;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.caelum.ui.client.Machine;
import dev.caelum.ui.state.ClusterView;
import dev.caelum.ui.state.Machines;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every machine in the table, to be searched, and one of them in detail. */
@Route(value = "machines", layout = MainLayout.class)
public final class MachinesView extends Main
    implements Shown, BeforeEnterObserver, HasDynamicTitle {
  static final String SEARCH = "q";
  private static final String STATE = "state";
  static final String SELECTED = "sel";
  private static final int PAUSE_MILLIS = 250;
  private static final String NAMED =
      "this.updateComplete.then(() => {"
          + " const part = this.shadowRoot.querySelector('[part=detail]');"
          + " const name = () => part.hasAttribute('role')"
          + " ? part.setAttribute('aria-label', $0) : part.removeAttribute('aria-label');"
          + " new MutationObserver(name).observe(part, { attributeFilter: ['role'] });"
          + " name(); })";

  private final TextField search = new TextField(Words.of("all.search"));
  private final Select<MachineFilter> state = new Select<>();
  private final Paragraph count = new Paragraph(Words.of("all.loading"));
  private final Choice<Machine> choice =
      new Choice<>(
          Machine::key, Words.of("bulk.all"), Words.of("bulk.one"), () -> show(Access.view()));
  private final BulkBar bulk = new BulkBar(choice::clear);
  private final RowTable<Machine> table =
      new RowTable<Machine>(
              "all-machines", Words.of("all.title"), Columns.ALL, Machine::key, this::open)
          .openByPress()
          .choosable(choice);
  private final Paragraph none = new Paragraph();
  private final Button clear = new Button(Words.of("all.none.clear"), click -> clear());
  private final MasterDetailLayout layout = new MasterDetailLayout();
  private final MachinePanel panel = new MachinePanel(this::close);
  private Map<MachineFilter, Long> counts = new EnumMap<>(MachineFilter.class);
  private List<Machine> shown = List.of();
  private String selected = "";
  private boolean filling;

  public MachinesView() {
    setId("content");
    addClassNames("page", "machines");
    search.setPlaceholder(Words.of("all.search.help"));
    search.setWidth("min(22rem, 100%)");
    search.setClearButtonVisible(true);
    search.setValueChangeMode(ValueChangeMode.LAZY);
    search.setValueChangeTimeout(PAUSE_MILLIS);
    search.setTestId("machines-search");
    search.addValueChangeListener(change -> chosen());
    state.setLabel(Words.of("all.state"));
    state.setEmptySelectionAllowed(true);
    state.setItemLabelGenerator(this::label);
    state.setItems(MachineFilter.values());
    state.setTestId("machines-state");
    state.addValueChangeListener(change -> chosen());
    Div choices =
        new Div(
            search,
            state,
            MachineExport.file("all.", MachineExport.Kind.CSV, () -> shown),
            MachineExport.file("all.", MachineExport.Kind.JSON, () -> shown));
    choices.addClassName("choices");
    count.addClassName("quiet");
    count.setTestId("machines-count");
    none.setTestId("machines-nothing");
    clear.addThemeVariants(ButtonVariant.TERTIARY);
    clear.setTestId("machines-clear");
    Section card = new Section(count, table, none, clear);
    card.addClassName("card");
    layout.setMaster(card);
    layout.setMasterSize("18rem", true);
    layout.setDetailSize("30rem");
    // as an overlay it is a dialog, and a dialog has a name
    layout.getElement().executeJs(NAMED, Words.of("machine.detail"));
    layout.setOverlayContainment(MasterDetailLayout.OverlayContainment.PAGE);
    layout.addDetailEscapePressListener(press -> close());
    layout.addBackdropClickListener(click -> close());
    add(new H1(Words.of("all.title")), choices, layout, bulk);
  }

  private String label(@Nullable MachineFilter each) {
    return each == null
        ? Words.of("all.state.any", counts.values().stream().mapToLong(Long::longValue).sum())
        : Words.of("all.state.of", Words.of("state." + each.word()), counts.getOrDefault(each, 0L));
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    QueryParameters query = event.getLocation().getQueryParameters();
    filling = true;
    search.setValue(query.getSingleParameter(SEARCH).orElse(""));
    query
        .getSingleParameter(STATE)
        .flatMap(word ->
            List.of(MachineFilter.values()).stream()
                .filter(each -> each.word().equals(word))
                .findFirst())
        .ifPresentOrElse(state::setValue, state::clear);
    filling = false;
    selected = query.getSingleParameter(SELECTED).orElse("");
  }

  @Override
  protected void onAttach(AttachEvent event) {
    super.onAttach(event);
    show(Access.view());
  }

  private void chosen() {
    if (!filling) {
      address();
      show(Access.view());
    }
  }

  private void clear() {
    filling = true;
    search.clear();
    state.clear();
    filling = false;
    chosen();
  }

  private void open(Machine machine) {
    selected = machine.key();
    chosen();
  }

  private void close() {
    selected = "";
    chosen();
  }

  /** What is searched for and opened stands in the address, so that it can be passed on. */
  private void address() {
    Map<String, String> query = new LinkedHashMap<>();
    if (!search.isEmpty()) {
      query.put(SEARCH, search.getValue());
    }
    if (state.getValue() != null) {
      query.put(STATE, state.getValue().word());
    }
    if (!selected.isEmpty()) {
      query.put(SELECTED, selected);
    }
    UI.getCurrent()
        .getPage()
        .getHistory()
        .replaceState(null, new Location("machines", QueryParameters.simple(query)));
  }

  @Override
  public void show(ClusterView view) {
    if (!view.known()) {
      return;
    }
    Machines all = view.machines();
    recount(all);
    List<Machine> found = all.in(MachineOrder.WORST_FIRST).stream().filter(this::wanted).toList();
    String line = Words.of("all.shown", found.size(), all.size());
    if (!line.equals(count.getText())) {
      count.setText(line);
    }
    shown = found;
    List<Machine> chosen = choice.of(all, found);
    bulk.show(chosen, (int) chosen.stream().filter(machine -> !wanted(machine)).count());
    table.show(found);
    table.setVisible(!found.isEmpty());
    none.setVisible(found.isEmpty());
    clear.setVisible(found.isEmpty());
    if (found.isEmpty()) {
      MachineFilter wanted = state.getValue();
      none.setText(
          Words.of(
              "all.none",
              search.getValue(),
              Words.of(wanted == null ? "all.any" : "state." + wanted.word())));
    }
    detail(all);
  }

  private boolean wanted(Machine machine) {
    MachineFilter wanted = state.getValue();
    return (wanted == null || MachineFilter.of(machine) == wanted)
        && machine.searched().contains(search.getValue().strip().toLowerCase(Locale.ROOT));
  }

  private void recount(List<Machine> all) {
    Map<MachineFilter, Long> now = new EnumMap<>(MachineFilter.class);
    all.forEach(machine -> now.merge(MachineFilter.of(machine), 1L, Long::sum));
    if (!now.equals(counts)) {
      counts = now;
      // The labels hold the numbers; to write them anew clears the choice.
      MachineFilter chosen = state.getValue();
      filling = true;
      state.getDataProvider().refreshAll();
      state.setValue(chosen);
      filling = false;
    }
  }

  private void detail(List<Machine> all) {
    Optional<Machine> open =
        all.stream().filter(machine -> machine.key().equals(selected)).findFirst();
    table.crowded(!selected.isEmpty());
    if (selected.isEmpty()) {
      if (layout.getDetail() != null) {
        layout.setDetail(null);
      }
      return;
    }
    if (layout.getDetail() == null) {
      layout.setDetail(panel);
    }
    open.ifPresentOrElse(panel::show, panel::gone);
  }

  @Override
  public String getPageTitle() {
    return Titles.of(Words.of("all.title"));
  }
}

package dev.caelum.ui.view;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.Tabs;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.signals.Signal;
import dev.caelum.ui.client.Machine;
import dev.caelum.ui.state.ClusterView;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The cluster as a map around this node, and the same as a table. */
@Route(value = "topology", layout = MainLayout.class)
public final class TopologyView extends Main
    implements Shown, BeforeEnterObserver, HasDynamicTitle {
  private static final int NARROW = 800;

  private static final Comparator<Machine> ORDER =
      Comparator.<Machine, Boolean>comparing(machine -> !machine.self())
          .thenComparing(TopologyLink::of)
          .thenComparing(Machine::hostname, String.CASE_INSENSITIVE_ORDER)
          .thenComparing(Machine::key);

  private final Checkbox subnets = new Checkbox(Words.of("topology.subnets"));
  private final Checkbox servers = new Checkbox(Words.of("topology.show.servers"));
  private final Checkbox offline = new Checkbox(Words.of("topology.offline"));
  private final Tab asMap = new Tab(Words.of("topology.map"));
  private final Tab asTable = new Tab(Words.of("topology.table"));
  private final Tabs tabs = new Tabs(asMap, asTable);
  private final Paragraph loading = new Paragraph(Words.of("machines.loading"));
  private final Topology topology = new Topology();
  private final Button fit = new Button(Words.of("topology.fit"));
  private final RowTable<Machine> table =
      new RowTable<Machine>(
              "topology-table",
              Words.of("topology.title"),
              Columns.TOPOLOGY,
              Machine::key,
              machine -> open(machine.key()))
          .openByPress();
  private final Div map = new Div();
  private TopologyChoice choice = TopologyChoice.USUAL;
  private boolean fits = true;
  private boolean narrow;

  public TopologyView() {
    setId("content");
    addClassNames("page", "topology");
    subnets.setTestId("topology-subnets");
    servers.setTestId("topology-servers");
    offline.setTestId("topology-offline");
    toggle(subnets, now -> choice.withSubnets(now));
    toggle(servers, now -> choice.withServers(now));
    toggle(offline, now -> choice.withOffline(now));
    fit.setTestId("topology-fit");
    fit.setIcon(VaadinIcon.EXPAND_SQUARE.create());
    fit.getElement().setAttribute("aria-pressed", "true");
    fit.addClickListener(click -> fit(!fits));
    Div tools = new Div(fit, export("svg"), export("png"));
    tools.addClassName("tools");
    Div choices = new Div(subnets, servers, offline);
    choices.addClassName("choices");
    tabs.addClassName("task-tabs");
    tabs.getElement().setAttribute("aria-label", Words.of("topology.tabs"));
    tabs.getElement().executeJs(TaskTabs.TABS_ALONE);
    asMap.setTestId("topology-as-map");
    asTable.setTestId("topology-as-table");
    tabs.addSelectedChangeListener(change -> {
      if (change.isFromClient()) {
        choose(choice.withTable(asTable.equals(tabs.getSelectedTab())));
      }
    });
    topology.onOpen(this::opened);
    Div bar = new Div(choices, tools);
    bar.addClassName("head");
    Paragraph known = new Paragraph(Words.of("topology.known"));
    known.addClassName("quiet");
    map.add(bar, topology, new TopologyLegend(), known);
    map.addClassName("map");
    Section card = new Section(tabs, loading, map, table);
    card.addClassName("card");
    add(new H1(Words.of("topology.title")), card);
  }

  private void toggle(Checkbox box, Function<Boolean, TopologyChoice> chosen) {
    box.addValueChangeListener(change -> {
      if (change.isFromClient()) {
        choose(chosen.apply(change.getValue()));
      }
    });
  }

  private static Button export(String form) {
    Button button = new Button(Words.of("topology." + form));
    button.setTestId("topology-" + form);
    button.getElement().setAttribute("data-topology-export", form);
    return button;
  }

  private void fit(boolean now) {
    fits = now;
    fit.getElement().setAttribute("aria-pressed", Boolean.toString(now));
    topology.natural(!now);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    choice = TopologyChoice.of(event.getLocation().getQueryParameters());
    subnets.setValue(choice.subnets());
    servers.setValue(choice.servers());
    offline.setValue(choice.offline());
  }

  @Override
  protected void onAttach(AttachEvent event) {
    super.onAttach(event);
    var window = event.getUI().getPage().windowSizeSignal();
    Signal.effect(
        this,
        () -> {
          int width = window.get().width();
          narrow = width > 0 && width < NARROW;
          show(Access.view());
        });
  }

  private void choose(TopologyChoice now) {
    choice = now;
    UI.getCurrent()
        .getPage()
        .getHistory()
        .replaceState(null, new Location("topology", now.query()));
    show(Access.view());
  }

  private void opened(String id) {
    String name = id.length() > 2 ? id.substring(2) : "";
    switch (id.substring(0, Math.min(2, id.length()))) {
      case "m:" -> open(name);
      case "g:" -> choose(choice.withOpen(name));
      case "f:" -> choose(choice.withOpen(""));
      default -> choose(choice.withTable(true));
    }
  }

  /** Goes to the machine {@code key}. */
  static void open(String key) {
    UI.getCurrent()
        .navigate(MachinesView.class, QueryParameters.simple(Map.of(MachinesView.SELECTED, key)));
  }

  @Override
  public void show(ClusterView view) {
    boolean asRows = choice.table() == null ? narrow : choice.table();
    loading.setVisible(!view.known());
    tabs.setSelectedTab(asRows ? asTable : asMap);
    map.setVisible(view.known() && !asRows);
    table.setVisible(view.known() && asRows);
    if (!view.known()) {
      return;
    }
    List<Machine> machines = view.machines();
    if (asRows) {
      table.show(
          machines.stream()
              .filter(machine -> TopologyPlan.shown(machine, choice))
              .sorted(ORDER)
              .toList());
    } else {
      topology.show(machines, view.services(), choice);
    }
  }

  @Override
  public String getPageTitle() {
    return Titles.of(Words.of("topology.title"));
  }
}

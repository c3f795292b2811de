package dev.caelum.ui.view;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.MachineState;
import dev.caelum.ui.state.ClusterView;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The first page: how the cluster is, and Discover Network. */
@Route(value = "", layout = MainLayout.class)
public final class ClusterStatusView extends Main
    implements Shown, BeforeEnterObserver, HasDynamicTitle {
  private static final String STATE = "state";

  /** Problems first, then this machine, then by name. */
  private static final Comparator<Machine> ORDER =
      Comparator.<Machine, Boolean>comparing(m -> m.state() != MachineState.SUSPECT)
          .thenComparing(m -> !m.duplicateId())
          .thenComparing(m -> !m.self())
          .thenComparing(Machine::hostname, String.CASE_INSENSITIVE_ORDER)
          .thenComparing(Machine::key);

  /** Those with a failure first, foreign ones last, then by name. */
  private static final Comparator<Machine> TROUBLE =
      Comparator.comparing(Machine::foreign)
          .thenComparing(m -> m.failure() == null)
          .thenComparing(Machine::hostname, String.CASE_INSENSITIVE_ORDER)
          .thenComparing(Machine::key);

  private final Counters counters = new Counters(this::choose);
  private final FirstRun firstRun = new FirstRun(connectButton());
  private final RowTable<Machine> connected =
      new RowTable<>(
          "machines", Words.of("machines.title"), Columns.ONLINE, Machine::key, WhyDialog::open);
  private final RowTable<Machine> attention =
      new RowTable<>(
          "attention", Words.of("attention.title"), Columns.OFFLINE, Machine::key, WhyDialog::open);
  private final Button connect = connectButton();
  private final Section attentionCard = new Section();
  private final Paragraph nothing = new Paragraph();
  private final List<Shown> parts;
  private Filter filter = Filter.ALL;

  public ClusterStatusView() {
    setId("content");
    addClassName("page");
    VerdictLine verdict = new VerdictLine();
    NodeNotes notes = new NodeNotes();
    DiscoveryCard discovery = new DiscoveryCard();
    WorkCounters work = new WorkCounters();
    work.links().forEach(counters::add);
    LogPanel log = new LogPanel();
    RecentEvents events = new RecentEvents();
    log.addClassName("card");
    Section machines = new Section();
    machines.addClassName("card");
    Div head = new Div(new H2(Words.of("machines.title")), connect);
    head.addClassName("head");
    nothing.addClassName("quiet");
    nothing.setTestId("machines-none");
    machines.add(head, connected, nothing);
    attentionCard.addClassName("card");
    attentionCard.add(new H2(Words.of("attention.title")), attention);
    MapCard map = new MapCard();
    LatelyCard lately = new LatelyCard();
    Div glance = new Div(map, lately);
    glance.addClassName("glance");
    Div below = new Div(log, events);
    below.addClassName("below");
    Div head1 = new Div(new H1(Words.of("status.title")), verdict);
    head1.addClassName("headline");
    add(head1, counters, notes, firstRun, discovery, machines, attentionCard, glance, below);
    parts = List.of(verdict, counters, work, notes, firstRun, discovery, map, lately, log, events);
  }

  private static Button connectButton() {
    Button button =
        new Button(
            Words.of("connect.open"),
            VaadinIcon.PLUG.create(),
            click -> {
              ConnectDialog dialog = new ConnectDialog();
              dialog.open();
            });
    button.setTestId("connect-open");
    Access.onlyHere(button, "connect.local_only");
    return button;
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    List<String> state =
        event.getLocation().getQueryParameters().getParameters().getOrDefault(STATE, List.of());
    filter = state.isEmpty() ? Filter.ALL : Filter.of(state.getFirst());
    counters.mark(filter);
  }

  @Override
  protected void onAttach(AttachEvent event) {
    super.onAttach(event);
    show(Access.view());
  }

  private void choose(Filter chosen) {
    filter = chosen;
    QueryParameters query =
        chosen == Filter.ALL
            ? QueryParameters.empty()
            : QueryParameters.simple(Map.of(STATE, chosen.word()));
    UI.getCurrent().getPage().getHistory().replaceState(null, new Location("", query));
    show(Access.view());
  }

  @Override
  public void show(ClusterView view) {
    parts.forEach(part -> part.show(view));
    connected.show(
        view.machines().in(ORDER).stream()
            .filter(m -> m.online() && (m.foreign() || filter.takes(m)))
            .toList());
    attention.show(
        view.machines().in(TROUBLE).stream()
            .filter(m -> !m.online() && !m.ignored() && (filter == Filter.ALL || filter.takes(m)))
            .toList());
    connect.setVisible(!firstRun.isVisible());
    connected.setVisible(connected.size() > 0);
    nothing.setVisible(connected.size() == 0);
    nothing.setText(Words.of(view.known() ? "machines.none" : "machines.loading"));
    attentionCard.setVisible(attention.size() > 0);
  }

  @Override
  public String getPageTitle() {
    return Titles.ofStatus(Access.view());
  }
}

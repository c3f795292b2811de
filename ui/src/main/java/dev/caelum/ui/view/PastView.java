package dev.caelum.ui.view;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.PastCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The cluster as it was at one moment: to be read only, and never to be taken for now. */
@Route(value = "past", layout = MainLayout.class)
public final class PastView extends Main implements BeforeEnterObserver, HasDynamicTitle {
  static final String TIME = "time";

  private static final Duration AROUND = Duration.ofHours(1);

  private final Span when = new Span();
  private final RouterLink charts = new RouterLink(Words.of("past.back"), HistoryView.class);
  private final Paragraph summary = new Paragraph(Words.of("past.loading"));
  private final RowTable<Machine> machines =
      new RowTable<>(
          "past-machines", Words.of("past.title"), Columns.PAST, Machine::key, machine -> {});
  private final Topology topology = new Topology();
  private final Section map = new Section();
  private String time = "";

  public PastView() {
    setId("content");
    addClassName("page");
    when.setTestId("past-time");
    RouterLink live = new RouterLink(Words.of("past.live"), ClusterStatusView.class);
    Div banner = new Div(new Span(Words.of("past.looking")), when, charts, live);
    banner.addClassName("past");
    banner.setTestId("past-banner");
    summary.setTestId("past-summary");
    Section card = new Section(summary, machines);
    card.addClassName("card");
    topology.readOnly();
    map.add(new H2(Words.of("past.map")), topology, new TopologyLegend());
    map.addClassName("card");
    map.setVisible(false);
    add(new H1(Words.of("past.title")), banner, card, map);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    time = event.getLocation().getQueryParameters().getSingleParameter(TIME).orElse("1m");
  }

  @Override
  protected void onAttach(AttachEvent event) {
    super.onAttach(event);
    String caller = Access.caller();
    Access.ask(event.getUI(), node -> node.history().at(caller, time), this::show);
  }

  private void show(PastCluster past) {
    Instant moment = past.time();
    if (moment != null) {
      charts.setQueryParameters(HistoryView.around(moment, AROUND));
      when.getElement().setAttribute("data-time", moment.toString());
      // In the words and the time zone of whoever looks.
      when.getElement()
          .executeJs("this.textContent = window.caelum.stamp(new Date($0))", moment.toString());
    }
    String problem = past.problem();
    if (problem != null) {
      summary.setText(Words.of("past.unknown", problem));
      machines.setVisible(false);
      return;
    }
    List<Machine> all = past.machines();
    summary.setText(
        Words.of("past.machines", all.size(), all.stream().filter(Machine::online).count()));
    machines.show(all.stream().sorted(MachineOrder.WORST_FIRST).toList());
    topology.show(all, null, TopologyChoice.USUAL);
    map.setVisible(!all.isEmpty());
  }

  @Override
  public String getPageTitle() {
    return Titles.of(Words.of("past.title"));
  }
}

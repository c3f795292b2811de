package dev.caelum.ui.view;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.caelum.ui.client.HistoryCommands;
import dev.caelum.ui.client.PastMachine;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was: charts of the cluster or of one machine, over one range for all. */
@Route(value = "history", layout = MainLayout.class)
public final class HistoryView extends Main implements BeforeEnterObserver, HasDynamicTitle {
  private static final String MACHINE = "machine";
  private static final String RANGE = "range";
  private static final String UNTIL = "until";
  private static final PastMachine CLUSTER = new PastMachine("", "");
  private static final Duration USUAL = Duration.ofHours(1);
  private static final List<Duration> RANGES =
      List.of(
          Duration.ofMinutes(15),
          USUAL,
          Duration.ofHours(6),
          Duration.ofDays(1),
          Duration.ofDays(7),
          Duration.ofDays(30));

  private final Select<PastMachine> of = new Select<>();
  private final Select<Duration> range = new Select<>();
  private final MomentField until = new MomentField(Words.of("history.until"));
  private final Button earlier = step("earlier", VaadinIcon.ANGLE_LEFT, -1);
  private final Button later = step("later", VaadinIcon.ANGLE_RIGHT, 1);
  private final Anchor csv = new Anchor("", Words.of("history.csv"));
  private final Paragraph kept = new Paragraph();
  private final Charts charts = new Charts();
  private String machine = "";
  private boolean filling;

  public HistoryView() {
    setId("content");
    addClassName("page");
    of.setLabel(Words.of("history.of"));
    of.setItemLabelGenerator(HistoryView::name);
    of.setTestId("history-of");
    of.addValueChangeListener(change -> chosen());
    range.setLabel(Words.of("history.range"));
    range.setItems(RANGES);
    range.setItemLabelGenerator(each -> Words.of("history.range." + each.toSeconds()));
    range.setValue(USUAL);
    range.setTestId("history-range");
    range.addValueChangeListener(change -> chosen());
    until.setTestId("history-until");
    until.onChange(this::chosen);
    csv.setRouterIgnore(true);
    csv.setDownload(true);
    csv.setTestId("history-csv");
    kept.addClassName("quiet");
    kept.setTestId("history-kept");
    Div steps = new Div(earlier, later);
    steps.addClassName("steps");
    Div choices = new Div(of, range, until, steps, csv);
    choices.addClassName("choices");
    Paragraph hint = new Paragraph(Words.of("history.hint"));
    hint.addClassName("quiet");
    charts.setTestId("history-charts");
    charts.onMoment(HistoryView::past);
    add(new H1(Words.of("history.title")), choices, charts, hint, kept);
  }

  private static String name(PastMachine each) {
    return each.id().isEmpty()
        ? Words.of("history.cluster")
        : Words.name(each.hostname().isBlank() ? each.id() : each.hostname());
  }

  /** Where the charts of {@code span} around {@code moment} are; up to now where that is near. */
  static QueryParameters around(Instant moment, Duration span) {
    Instant end = moment.plus(span.dividedBy(2));
    Map<String, String> query = new LinkedHashMap<>();
    query.put(RANGE, word(span));
    if (end.isBefore(Instant.now())) {
      query.put(UNTIL, end.truncatedTo(ChronoUnit.MINUTES).toString());
    }
    return QueryParameters.simple(query);
  }

  private Button step(String word, VaadinIcon icon, int ranges) {
    Button button = new Button(icon.create(), click -> move(ranges));
    button.setAriaLabel(Words.of("history." + word));
    button.setTooltipText(Words.of("history." + word));
    button.setTestId("history-" + word);
    return button;
  }

  /** Shows what lies {@code ranges} times the range after what is shown; never the future. */
  private void move(int ranges) {
    Instant now = Instant.now();
    Instant shown = until.moment().orElse(now);
    Instant wanted = shown.plus(range.getValue().multipliedBy(ranges));
    until.show(wanted.isBefore(now) ? wanted.truncatedTo(ChronoUnit.MINUTES) : null);
    chosen();
  }

  private static @Nullable Instant moment(QueryParameters query) {
    try {
      return query.getSingleParameter(UNTIL).map(Instant::parse).orElse(null);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    QueryParameters query = event.getLocation().getQueryParameters();
    machine = query.getSingleParameter(MACHINE).orElse("");
    filling = true;
    range.setValue(
        RANGES.stream()
            .filter(each -> word(each).equals(query.getSingleParameter(RANGE).orElse("")))
            .findFirst()
            .orElse(USUAL));
    until.show(moment(query));
    filling = false;
  }

  @Override
  protected void onAttach(AttachEvent event) {
    super.onAttach(event);
    fill(List.of());
    String caller = Access.caller();
    Access.ask(event.getUI(), node -> node.history().about(caller), this::show);
  }

  private void show(HistoryCommands.@Nullable About about) {
    kept.setText(
        about == null
            ? Words.of("history.none")
            : Words.of("history.kept", about.days(), Words.bytes(about.bytes())));
    if (about != null) {
      fill(about.machines());
    }
  }

  /** The machine of the address is offered even when nothing of it was recorded yet. */
  private void fill(List<PastMachine> machines) {
    List<PastMachine> all = new ArrayList<>(List.of(CLUSTER));
    all.addAll(machines);
    PastMachine wanted =
        all.stream().filter(each -> each.id().equals(machine)).findFirst().orElse(null);
    if (wanted == null) {
      wanted = new PastMachine(machine, "");
      all.add(wanted);
    }
    filling = true;
    of.setItems(all);
    of.setValue(wanted);
    filling = false;
    draw();
  }

  private void chosen() {
    if (filling || of.getValue() == null) {
      return;
    }
    machine = of.getValue().id();
    Map<String, String> query = new LinkedHashMap<>();
    if (!machine.isEmpty()) {
      query.put(MACHINE, machine);
    }
    query.put(RANGE, word(range.getValue()));
    until.moment().ifPresent(moment -> query.put(UNTIL, moment.toString()));
    UI.getCurrent()
        .getPage()
        .getHistory()
        .replaceState(null, new Location("history", QueryParameters.simple(query)));
    draw();
  }

  private void draw() {
    Optional<Instant> end = until.moment();
    later.setEnabled(end.isPresent());
    charts.show(machine.isEmpty() ? null : machine, range.getValue(), end.orElse(null));
    String span =
        end.map(moment -> moment.minus(range.getValue()) + "&until=" + moment)
            .orElse(word(range.getValue()));
    csv.setHref(
        "api/v1/history/series?format=csv&points=6000&from="
            + span
            + (machine.isEmpty()
                ? ""
                : "&machine=" + URLEncoder.encode(machine, StandardCharsets.UTF_8)));
  }

  private static void past(String time) {
    UI.getCurrent().navigate(PastView.class, QueryParameters.simple(Map.of(PastView.TIME, time)));
  }

  private static String word(Duration range) {
    return range.toMinutes() + "m";
  }

  @Override
  public String getPageTitle() {
    return Titles.of(Words.of("history.title"));
  }
}

package dev.caelum.ui.view;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.Route;
import dev.caelum.ui.client.EventFilter;
import dev.caelum.ui.client.EventPage;
import dev.caelum.ui.client.LogLine;
import dev.caelum.ui.state.ClusterView;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All events that the node keeps, newest first. */
@Route(value = "events", layout = MainLayout.class)
public final class EventsView extends Main implements Shown, BeforeEnterObserver, HasDynamicTitle {
  private static final int PAGE = 100;

  /** Rows that a page holds; older ones are in the downloads. */
  private static final int MOST = 2_000;

  private static final String EXPORT = "api/v1/history/events?limit=10000&format=";

  private final EventChoices choices = new EventChoices(this::chosen);
  private final Anchor csv = export("csv");
  private final Anchor jsonl = export("jsonl");
  private final Span fresh = new Span();
  private final Div freshBar = new Div(fresh);
  private final Paragraph state = new Paragraph(Words.of("log.loading"));
  private final Button again = new Button(Words.of("log.again"), click -> load());
  private final Button clear = new Button(Words.of("all.none.clear"), click -> choices.clear());
  private final EventList list = new EventList(EventChoices::name);
  private final Button older = new Button(Words.of("log.more"), click -> more());
  private EventFilter filter = EventFilter.ALL;
  private @Nullable Long before;
  private boolean loaded;
  private int turn;

  /** The number of the newest line of the log when the list was asked for. */
  private long read;

  public EventsView() {
    setId("content");
    addClassNames("page", "all-events");
    Button show = new Button(Words.of("log.show"), click -> load());
    show.addThemeVariants(ButtonVariant.PRIMARY);
    show.setTestId("events-show");
    freshBar.add(show);
    freshBar.addClassName("fresh");
    freshBar.setTestId("events-fresh");
    freshBar.setVisible(false);
    fresh.getElement().setAttribute("role", "status");
    state.addClassName("quiet");
    state.setTestId("events-state");
    again.setVisible(false);
    clear.setVisible(false);
    clear.addThemeVariants(ButtonVariant.TERTIARY);
    older.setVisible(false);
    older.setTestId("events-older");
    Div downloads = new Div(csv, jsonl);
    downloads.addClassName("buttons");
    Section card = new Section(freshBar, list, state, again, clear, older);
    card.addClassName("card");
    add(new H1(Words.of("log.all.title")), choices, downloads, card);
  }

  private static Anchor export(String form) {
    Anchor link = new Anchor("", Words.of("log." + form));
    link.setRouterIgnore(true);
    link.getElement().setAttribute("download", "caelum-events." + form);
    link.setTestId("events-" + form);
    return link;
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    choices.read(event.getLocation().getQueryParameters());
    filter = choices.filter();
  }

  @Override
  protected void onAttach(AttachEvent event) {
    super.onAttach(event);
    getElement()
        .executeJs("return window.caelum.visit('events')")
        .then(
            Double.class,
            last -> list.visited(last > 0 ? Instant.ofEpochMilli(last.longValue()) : null));
    load();
  }

  private void chosen(EventFilter now) {
    filter = now;
    UI.getCurrent()
        .getPage()
        .getHistory()
        .replaceState(null, new Location("events", EventChoices.query(now)));
    load();
  }

  /** Reads the newest page; an answer to an older question is dropped. */
  private void load() {
    link(csv, "csv");
    link(jsonl, "jsonl");
    int mine = ++turn;
    read = newest(Access.view());
    ask(
        null,
        page -> {
          if (mine == turn) {
            first(page);
          }
        });
  }

  private void link(Anchor anchor, String form) {
    String query = filter.query();
    anchor.setHref(EXPORT + form + (query.isEmpty() ? "" : "&" + query));
  }

  private void ask(@Nullable Long from, Consumer<EventPage> done) {
    String caller = Access.caller();
    EventFilter wanted = filter;
    getUI()
        .ifPresent(
            ui -> Access.ask(ui, node -> node.history().events(caller, wanted, from, PAGE), done));
  }

  private void first(EventPage page) {
    loaded = true;
    list.show(page.events());
    older(page);
    freshBar.setVisible(false);
    boolean failed = page.problem() != null;
    state.setVisible(failed || page.events().isEmpty());
    state.setText(said(page));
    again.setVisible(failed && !EventPage.NO_HISTORY.equals(page.code()));
    clear.setVisible(!failed && page.events().isEmpty() && !filter.equals(EventFilter.ALL));
  }

  private String said(EventPage page) {
    String problem = page.problem();
    if (problem != null) {
      return EventPage.NO_HISTORY.equals(page.code())
          ? Words.of("history.none")
          : Words.of("log.lost", problem);
    }
    return Words.of(filter.equals(EventFilter.ALL) ? "events.none" : "log.nothing");
  }

  private void more() {
    older.setEnabled(false);
    int mine = turn;
    ask(
        before,
        page -> {
          if (mine == turn) {
            list.more(page.events());
            older(page);
          }
          older.setEnabled(true);
        });
  }

  private void older(EventPage page) {
    boolean failed = page.problem() != null;
    if (!failed) {
      before = page.before();
    }
    boolean full = list.size() >= MOST;
    older.setVisible(before != null && list.size() > 0 && !full);
    if (full) {
      state.setVisible(true);
      state.setText(Words.of("log.most", MOST));
    } else if (failed) {
      state.setVisible(true);
      state.setText(said(page));
    }
  }

  @Override
  public void show(ClusterView view) {
    if (!loaded) {
      return;
    }
    long count = fresh(view.log(), read, filter, list.newest());
    freshBar.setVisible(count > 0);
    String words = Words.of("log.fresh", count);
    if (count > 0 && !words.equals(fresh.getText())) {
      fresh.setText(words);
    }
  }

  /** How many lines behind number {@code read} are wanted and newer than what is shown. */
  static long fresh(List<LogLine> log, long read, EventFilter filter, @Nullable Instant newest) {
    return log.stream()
        .filter(line -> line.number() > read && filter.takes(line))
        .filter(line -> {
          Instant time = line.time();
          return newest == null || time == null || time.isAfter(newest);
        })
        .count();
  }

  private static long newest(ClusterView view) {
    return view.log().isEmpty() ? 0 : view.log().getLast().number();
  }

  @Override
  public String getPageTitle() {
    return Titles.of(Words.of("log.all.title"));
  }
}

package dev.caelum.ui.view;

import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.RouterLink;
import dev.caelum.ui.client.PastEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Events, newest first, with a line behind those that are new since the reader's last visit. */
final class EventList extends OrderedList {
  private final List<PastEvent> events = new ArrayList<>();
  private final UnaryOperator<String> names;
  private @Nullable Instant visit;
  private @Nullable ListItem divider;

  /**
   * @param names the name for people of a machine's key
   */
  EventList(UnaryOperator<String> names) {
    this.names = names;
    addClassName("event-list");
    setTestId("event-list");
  }

  /** How many are shown. */
  int size() {
    return events.size();
  }

  /** The time of the newest; null when there is none. */
  @Nullable Instant newest() {
    return events.isEmpty() ? null : events.getFirst().time();
  }

  /** Shows {@code page} and nothing else. */
  void show(List<PastEvent> page) {
    events.clear();
    removeAll();
    divider = null;
    more(page);
  }

  /** Adds older ones at the end; what is there stays. */
  void more(List<PastEvent> page) {
    events.addAll(page);
    page.forEach(event -> add(item(event)));
    divide();
  }

  /** The moment of the reader's last visit; null when there was none. */
  void visited(@Nullable Instant last) {
    visit = last;
    divide();
  }

  private void divide() {
    Instant last = visit;
    if (divider != null || last == null) {
      return;
    }
    OptionalInt place = firstSeen(events, last);
    if (place.isPresent()) {
      divider = divider(last);
      addComponentAtIndex(place.getAsInt(), divider);
    }
  }

  /**
   * Where the line goes: before the first event that is not newer than {@code visit}; nowhere when
   * none is newer, or all of those known are.
   */
  static OptionalInt firstSeen(List<PastEvent> events, Instant visit) {
    for (int i = 0; i < events.size(); i++) {
      Instant time = events.get(i).time();
      if (time != null && !time.isAfter(visit)) {
        return i == 0 ? OptionalInt.empty() : OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  private static ListItem divider(Instant visit) {
    ListItem item = new ListItem();
    item.addClassName("divider");
    item.setTestId("event-divider");
    Element words = new Element("span");
    words.setText(Words.of("log.visit"));
    item.getElement().appendChild(words, time(visit));
    return item;
  }

  private ListItem item(PastEvent event) {
    ListItem item = new ListItem();
    item.getElement().setAttribute("data-level", event.level());
    item.getElement().setAttribute("data-id", Long.toString(event.id()));
    Span level = new Span(Words.known("log.", event.level()));
    level.addClassName("level");
    Span category = new Span(Words.known("log.category.", event.category()));
    category.addClassName("mark");
    Element text = new Element("bdi");
    NodeText.of(event.text()).into(text);
    item.getElement()
        .appendChild(time(event.time()), level.getElement(), category.getElement(), text);
    String key = event.key();
    if (key != null && !key.isEmpty()) {
      RouterLink machine = new RouterLink(names.apply(key), MachinesView.class);
      machine.setQueryParameters(QueryParameters.simple(Map.of(MachinesView.SELECTED, key)));
      machine.addClassName("machine");
      item.add(machine);
    }
    return item;
  }

  private static Element time(@Nullable Instant time) {
    Element element = new Element("caelum-time");
    if (time != null) {
      element.setAttribute("at", Long.toString(time.toEpochMilli()));
    }
    return element;
  }
}

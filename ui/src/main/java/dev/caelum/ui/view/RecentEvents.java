package dev.caelum.ui.view;

import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;
import dev.caelum.ui.client.LogLine;
import dev.caelum.ui.state.ClusterView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The ten newest lines about machines and the node, newest first; of the failed attempts on one
 * machine only the last.
 */
final class RecentEvents extends Section implements Shown {
  private static final int SHOWN = 10;

  private final OrderedList list = new OrderedList();
  private final Paragraph none = new Paragraph(Words.of("events.none"));
  private List<LogLine> shown = List.of();

  RecentEvents() {
    addClassNames("card", "events");
    list.setTestId("events");
    none.addClassName("quiet");
    add(new H2(Words.of("events.title")), none, list);
  }

  @Override
  public void show(ClusterView view) {
    Set<String> failing = new HashSet<>();
    List<LogLine> events =
        view.log().reversed().stream()
            .filter(RecentEvents::event)
            .filter(line -> !repeats(line, failing))
            .limit(SHOWN)
            .toList();
    if (events.equals(shown)) {
      return;
    }
    none.setVisible(events.isEmpty());
    List<LogLine> there = new ArrayList<>(shown);
    for (int i = there.size() - 1; i >= 0; i--) {
      if (!events.contains(there.get(i))) {
        list.remove(list.getComponentAt(i));
        there.remove(i);
      }
    }
    for (int i = 0; i < events.size(); i++) {
      if (i >= there.size() || !there.get(i).equals(events.get(i))) {
        list.addComponentAtIndex(i, item(events.get(i)));
        there.add(i, events.get(i));
      }
    }
    shown = events;
  }

  private static boolean event(LogLine line) {
    return line.category().equals("machine")
        || line.category().equals("node")
        || line.level().equals("problem");
  }

  /** Whether a later attempt on the same machine failed, too. */
  private static boolean repeats(LogLine line, Set<String> failing) {
    String key = line.key();
    return line.category().equals("connection") && key != null && !failing.add(key);
  }

  private static ListItem item(LogLine line) {
    Element time = new Element("caelum-time");
    Instant at = line.time();
    if (at != null) {
      time.setAttribute("at", Long.toString(at.toEpochMilli()));
    }
    Span level = new Span(Words.of("log." + line.level()));
    level.addClassName("level");
    Element text = new Element("bdi");
    NodeText.of(line.text()).into(text);
    ListItem item = new ListItem();
    item.getElement().setAttribute("data-level", line.level());
    item.getElement().appendChild(time, level.getElement(), text);
    return item;
  }
}

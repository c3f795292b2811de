package dev.caelum.ui.view;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;
import dev.caelum.ui.client.TaskDetail;
import java.time.Instant;
import java.util.List;

/** What happened to a task, from its submission on. */
final class TaskTimeline extends OrderedList {
  private List<TaskDetail.Change> shown = List.of();

  TaskTimeline() {
    addClassName("timeline");
    setTestId("task-timeline");
  }

  void show(List<TaskDetail.Change> changes) {
    if (changes.equals(shown)) {
      return;
    }
    shown = changes;
    removeAll();
    changes.forEach(change -> add(item(change)));
  }

  private static ListItem item(TaskDetail.Change change) {
    Element time = new Element("caelum-time");
    Instant at = change.at();
    if (at != null) {
      time.setAttribute("at", Long.toString(at.toEpochMilli()));
    }
    Span badge = new Span(TaskWords.state(change.state()));
    badge.addClassName("badge");
    badge.getElement().setAttribute("data-state", change.state().word());
    Element text = new Element("bdi");
    text.setText(sentence(change));
    Div words = new Div();
    words.getElement().appendChild(text);
    ListItem item = new ListItem();
    item.getElement().setAttribute("data-state", change.state().word());
    item.getElement().appendChild(time, badge.getElement(), words.getElement());
    return item;
  }

  private static String sentence(TaskDetail.Change change) {
    String text = change.text();
    String machine = change.machineName();
    // what is held again still carries the error of the attempt before
    if (text != null && !text.isBlank() && !change.state().held()) {
      return text;
    }
    return machine == null ? "" : Words.of("task.on", Words.name(machine));
  }
}

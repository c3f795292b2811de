package dev.caelum.ui.view;

import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.Tabs;
import dev.caelum.ui.state.ClusterView;
import dev.caelum.ui.state.TaskList;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** One tab for each state of tasks, with how many there are. */
final class TaskTabs extends Tabs implements Shown {
  /** A list of tabs may hold nothing else that takes the focus, not even by script. */
  static final String TABS_ALONE =
      "this.updateComplete.then(() =>"
          + " this.shadowRoot.querySelector('[part=tabs]').removeAttribute('tabindex'))";

  private final Map<TaskFilter, Part> parts = new EnumMap<>(TaskFilter.class);

  private record Part(Tab tab, Span number) {}

  TaskTabs(Consumer<TaskFilter> chosen) {
    addClassName("task-tabs");
    setTestId("task-tabs");
    getElement().setAttribute("aria-label", Words.of("tasks.tabs"));
    for (TaskFilter filter : TaskFilter.values()) {
      Span number = new Span(Words.UNKNOWN);
      number.addClassName("count");
      number.setTestId("tasks-" + filter.word());
      Tab tab = new Tab(new Span(Words.of("tasks.tab." + filter.word())), number);
      tab.getElement().setAttribute("data-state", filter.word());
      tab.setTestId("tab-" + filter.word());
      parts.put(filter, new Part(tab, number));
      add(tab);
    }
    getElement().executeJs(TABS_ALONE);
    addSelectedChangeListener(change -> {
      if (change.isFromClient()) {
        parts.forEach((filter, part) -> {
          if (part.tab().equals(change.getSelectedTab())) {
            chosen.accept(filter);
          }
        });
      }
    });
  }

  /** Marks {@code filter} as the chosen one without telling of it. */
  void mark(TaskFilter filter) {
    Part part = parts.get(filter);
    if (part != null) {
      setSelectedTab(part.tab());
    }
  }

  @Override
  public void show(ClusterView view) {
    TaskList tasks = view.tasks();
    parts.forEach((filter, part) -> {
      String count = tasks == null ? Words.UNKNOWN : Long.toString(filter.count(tasks));
      if (!part.number().getText().equals(count)) {
        part.number().setText(count);
        part.tab().getElement().setAttribute("data-zero", Boolean.toString(count.equals("0")));
      }
    });
  }
}

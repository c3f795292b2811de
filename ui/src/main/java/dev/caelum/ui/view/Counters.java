package dev.caelum.ui.view;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import dev.caelum.ui.state.ClusterView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** How many machines are in which state; a press filters the tables. */
final class Counters extends Div implements Shown {
  private final List<Counter> counters = new ArrayList<>();
  private final Consumer<Filter> chosen;
  private Filter current = Filter.ALL;

  private record Counter(Filter filter, NativeButton button, Span number) {}

  Counters(Consumer<Filter> chosen) {
    this.chosen = chosen;
    addClassName("counters");
    getElement().setAttribute("role", "group");
    getElement().setAttribute("aria-label", Words.of("counters.label"));
    for (Filter filter : Filter.values()) {
      Span number = new Span(Words.UNKNOWN);
      number.addClassName("number");
      number.setTestId("counter-" + filter.word());
      Span label = new Span(Words.of("counter." + filter.word()));
      label.addClassName("label");
      NativeButton button = new NativeButton();
      button.add(number, label);
      button.addClassName("counter");
      button.getElement().setAttribute("data-state", filter.word());
      button.addClickListener(click -> choose(current == filter ? Filter.ALL : filter));
      counters.add(new Counter(filter, button, number));
      add(button);
    }
    mark(Filter.ALL);
  }

  private void choose(Filter filter) {
    mark(filter);
    chosen.accept(filter);
  }

  /** Marks {@code filter} as the chosen one without telling of it. */
  void mark(Filter filter) {
    current = filter;
    for (Counter counter : counters) {
      boolean pressed = counter.filter() == filter && filter != Filter.ALL;
      counter.button().getElement().setAttribute("aria-pressed", Boolean.toString(pressed));
    }
  }

  @Override
  public void show(ClusterView view) {
    for (Counter counter : counters) {
      String count =
          view.known()
              ? Long.toString(view.counted().stream().filter(counter.filter()::takes).count())
              : Words.UNKNOWN;
      if (!counter.number().getText().equals(count)) {
        counter.number().setText(count);
        counter
            .button()
            .getElement()
            .setAttribute("data-zero", Boolean.toString(count.equals("0")));
      }
    }
  }
}

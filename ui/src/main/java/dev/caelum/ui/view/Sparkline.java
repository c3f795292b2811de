package dev.caelum.ui.view;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JavaScript;
import java.util.List;
import java.util.stream.Collectors;

/** Whole numbers over time as a small line of steps, drawn by the browser; a gap stays a gap. */
@Tag("caelum-sparkline")
@JavaScript("context://caelum-sparkline.js")
final class Sparkline extends Component {
  Sparkline() {
    getElement().setAttribute("role", "img");
  }

  /**
   * Draws {@code values}, the oldest first, NaN where there is none.
   *
   * @param said the same in a sentence
   */
  void show(List<Double> values, String said) {
    set(
        "values",
        values.stream()
            .map(value -> value.isNaN() ? "" : Long.toString(Math.round(value)))
            .collect(Collectors.joining(",")));
    set("aria-label", said);
  }

  private void set(String name, String value) {
    if (!value.equals(getElement().getAttribute(name))) {
      getElement().setAttribute(name, value);
    }
  }
}

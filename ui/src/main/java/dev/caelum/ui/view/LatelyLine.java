package dev.caelum.ui.view;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.caelum.ui.client.Lately;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/** One number of the cluster: what it is, how it was in the last minutes, and how it is now. */
final class LatelyLine extends Div {
  private final String title;
  private final Span now = new Span(Words.UNKNOWN);
  private final Span range = new Span();
  private final Sparkline line = new Sparkline();

  LatelyLine(String title, String testId) {
    this.title = title;
    addClassName("lately-line");
    setTestId(testId);
    Span name = new Span(title);
    now.addClassName("number");
    range.addClassName("quiet");
    Div head = new Div(name, range, now);
    head.addClassName("lately-head");
    Div axis = new Div(new Span(Words.of("glance.then")), new Span(Words.of("history.now")));
    axis.addClassNames("lately-axis", "quiet");
    axis.getElement().setAttribute("aria-hidden", "true");
    add(head, line, axis);
  }

  /** Shows {@code values}, the oldest first, NaN where there is none. */
  void show(List<Double> values) {
    DoubleSummaryStatistics known =
        values.stream()
            .mapToDouble(Double::doubleValue)
            .filter(value -> !Double.isNaN(value))
            .summaryStatistics();
    String last = whole(Lately.now(values));
    boolean any = known.getCount() > 0;
    boolean moved = any && known.getMin() < known.getMax();
    String least = whole(known.getMin());
    String most = whole(known.getMax());
    set(now, last);
    set(range, moved ? Words.of("glance.range", least, most) : "");
    String said =
        any
            ? Words.of(moved ? "glance.said" : "glance.said.still", title, least, most, last)
            : Words.of("glance.said.nothing", title);
    line.show(values, said);
  }

  private static String whole(double value) {
    return Double.isFinite(value) ? Words.number((int) Math.round(value)) : Words.UNKNOWN;
  }

  private static void set(Span span, String text) {
    if (!span.getText().equals(text)) {
      span.setText(text);
    }
  }
}

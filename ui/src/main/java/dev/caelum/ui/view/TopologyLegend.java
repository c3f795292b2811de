package dev.caelum.ui.view;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import java.util.List;

/** What lines and colours of the map mean. */
final class TopologyLegend extends Div {
  private static final List<String> STATES = List.of("alive", "suspect", "dead", "left", "heard");

  TopologyLegend() {
    addClassNames("legend", "topology-legend");
    for (TopologyLink link : TopologyLink.values()) {
      add(entry("line", link.word(), Words.of("topology.legend." + link.word())));
    }
    STATES.forEach(state -> add(entry("dot", state, Words.of("state." + state))));
    setTestId("topology-legend");
  }

  private static Span entry(String kind, String state, String text) {
    Span sample = new Span();
    sample.addClassName(kind);
    sample.getElement().setAttribute("data-kind", state);
    return new Span(sample, new Span(text));
  }
}

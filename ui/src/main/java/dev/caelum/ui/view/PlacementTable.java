package dev.caelum.ui.view;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;
import dev.caelum.ui.client.Placement;

/** Which machines could run a task and what the others lack: machine by requirement. */
final class PlacementTable extends Div {
  private static final int MACHINES = 30;

  private final Paragraph sentence = new Paragraph();
  private final Element table = new Element("table");
  private final Paragraph rest = new Paragraph();

  PlacementTable() {
    addClassName("placement");
    setTestId("placement");
    sentence.addClassName("summary");
    sentence.setTestId("placement-sentence");
    rest.addClassName("quiet");
    Div scroller = new Div();
    scroller.addClassName("scroller");
    scroller.getElement().appendChild(table);
    add(sentence, scroller, rest);
  }

  /** Shows {@code placement}. */
  void show(Placement placement) {
    sentence.setText(sentence(placement));
    table.removeAllChildren();
    Element caption = new Element("caption");
    caption.setAttribute("class", "unseen");
    caption.setText(Words.of("placement.caption"));
    table.appendChild(caption, head());
    placement.machines().stream().limit(MACHINES).forEach(row -> table.appendChild(machine(row)));
    int more = placement.machines().size() - MACHINES;
    rest.setVisible(more > 0);
    rest.setText(Words.of("placement.rest", more));
  }

  private static String sentence(Placement placement) {
    if (!placement.wouldRunIf().isEmpty()) {
      return placement.wouldRunIf();
    }
    long free = placement.machines().stream().filter(Placement.Row::free).count();
    return free > 0 ? Words.of("placement.free", free) : Words.of("placement.waits");
  }

  private static Element head() {
    Element row = new Element("tr");
    for (String column : new String[] {"requirement", "verdict", "detail"}) {
      Element cell = new Element("th");
      cell.setAttribute("scope", "col");
      cell.setText(Words.of("placement." + column));
      row.appendChild(cell);
    }
    Element head = new Element("thead");
    head.appendChild(row);
    return head;
  }

  private static Element machine(Placement.Row machine) {
    Element name = new Element("bdi");
    name.setText(Words.name(machine.name()));
    String word = machine.free() ? "free" : machine.possible() ? "waits" : "no";
    Span verdict = new Span(Words.of("placement.machine." + word));
    verdict.addClassName("quiet");
    Element title = new Element("th");
    title.setAttribute("scope", "rowgroup");
    title.setAttribute("colspan", "3");
    title.appendChild(name, Element.createText(" "), verdict.getElement());
    Element first = new Element("tr");
    first.appendChild(title);
    Element body = new Element("tbody");
    body.appendChild(first);
    machine.checks().forEach(check -> body.appendChild(check(check)));
    return body;
  }

  private static Element check(Placement.Check check) {
    Element requirement = new Element("th");
    requirement.setAttribute("scope", "row");
    requirement.setText(Words.known("placement.check.", check.requirement()));
    Span badge = new Span(Words.known("placement.verdict.", check.verdict()));
    badge.addClassName("badge");
    badge.getElement().setAttribute("data-state", check.verdict());
    Element verdict = new Element("td");
    verdict.appendChild(badge.getElement());
    Element detail = new Element("td");
    Element text = new Element("bdi");
    NodeText.of(check.detail()).into(text);
    detail.appendChild(text);
    Element row = new Element("tr");
    row.setAttribute("data-verdict", check.verdict());
    row.appendChild(requirement, verdict, detail);
    return row;
  }
}

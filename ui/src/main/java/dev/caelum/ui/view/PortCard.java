package dev.caelum.ui.view;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;
import dev.caelum.ui.client.PortMap;
import dev.caelum.ui.client.ServiceState;
import java.util.Comparator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The ports of one machine: a strip, and the same as a table. */
final class PortCard extends Section {
  private final Consumer<PortMap.Port> release;
  private final H2 title = new H2();
  private final Paragraph line = new Paragraph();
  private final PortStrip strip = new PortStrip();
  private final Details details = new Details();
  private final Element table = new Element("table");
  private PortMap.@Nullable Ports shown;

  /**
   * @param release told of the port that is to be given back
   */
  PortCard(Consumer<PortMap.Port> release) {
    this.release = release;
    addClassNames("card", "ports");
    line.addClassName("quiet");
    Div scroller = new Div();
    scroller.addClassNames("placement", "port-table");
    scroller.getElement().appendChild(table);
    details.add(scroller);
    details.setTestId("ports-table");
    add(title, line, strip, details);
  }

  void show(PortMap.Ports machine) {
    if (machine.equals(shown)) {
      return;
    }
    shown = machine;
    String name = Words.name(machine.hostname());
    title.setText(machine.self() ? Words.of("ports.self", name) : name);
    Integer next = machine.nextFree();
    long ready =
        machine.ports().stream().filter(port -> port.state() == ServiceState.READY).count();
    boolean old = machine.ports().stream().anyMatch(port -> port.state() == ServiceState.UNKNOWN);
    line.setText(
        old
            ? Words.of("ports.line.old", machine.ports().size())
            : next == null
                ? Words.of("ports.line", machine.ports().size(), ready)
                : Words.of(
                    "ports.line.next", machine.ports().size(), ready, Integer.toString(next)));
    strip.show(name, machine.ports());
    details.setSummaryText(Words.of("ports.table", machine.ports().size()));
    details.setVisible(!machine.ports().isEmpty());
    fill(machine, name);
  }

  private void fill(PortMap.Ports machine, String name) {
    table.removeAllChildren();
    Element caption = new Element("caption");
    caption.setAttribute("class", "unseen");
    caption.setText(Words.of("ports.caption", name));
    Element head = new Element("tr");
    for (String column : new String[] {"port", "name", "state", "kept"}) {
      Element cell = new Element("th");
      cell.setAttribute("scope", "col");
      cell.setText(Words.of("ports.column." + column));
      head.appendChild(cell);
    }
    Element thead = new Element("thead");
    thead.appendChild(head);
    Element body = new Element("tbody");
    machine.ports().stream()
        .sorted(Comparator.comparingInt(PortMap.Port::number))
        .forEach(port -> body.appendChild(row(port)));
    table.appendChild(caption, thead, body);
  }

  private Element row(PortMap.Port port) {
    Element number = new Element("th");
    number.setAttribute("scope", "row");
    number.setText(Integer.toString(port.number()));
    Element name = new Element("td");
    Element bdi = new Element("bdi");
    bdi.setText(port.name());
    name.appendChild(bdi);
    Span badge = new Span(ServiceWords.state(port.state(), port.holder()));
    badge.addClassName("badge");
    badge.getElement().setAttribute("data-state", port.state().word());
    Element state = new Element("td");
    state.appendChild(badge.getElement());
    Element kept = new Element("td");
    if (port.reserved()) {
      Button button = new Button(Words.of("ports.release"), click -> release.accept(port));
      button.addThemeVariants(ButtonVariant.SMALL, ButtonVariant.TERTIARY);
      button.setAriaLabel(Words.of("ports.release.of", Integer.toString(port.number())));
      button.setTestId("ports-release");
      Access.onlyHere(button, "ports.local_only");
      kept.appendChild(button.getElement());
    }
    Element row = new Element("tr");
    row.setAttribute("data-port", Integer.toString(port.number()));
    row.appendChild(number, name, state, kept);
    return row;
  }
}

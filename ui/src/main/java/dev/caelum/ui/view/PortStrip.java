package dev.caelum.ui.view;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.dom.Element;
import dev.caelum.ui.client.PortMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The 100 ports of a machine as a strip of cells; the table below it says the same in words. */
final class PortStrip extends Div {
  static final int FIRST = 8100;
  static final int COUNT = 100;

  private List<PortMap.Port> shown = List.of();

  PortStrip() {
    addClassName("strip");
    getElement().setAttribute("role", "img");
    for (int port = FIRST; port < FIRST + COUNT; port++) {
      Element cell = new Element("span");
      cell.setAttribute("data-port", Integer.toString(port));
      cell.setAttribute("title", Words.of("ports.free", Integer.toString(port)));
      getElement().appendChild(cell);
    }
  }

  void show(String machine, List<PortMap.Port> ports) {
    getElement().setAttribute("aria-label", Words.of("ports.strip", machine, ports.size()));
    if (ports.equals(shown)) {
      return;
    }
    shown = ports;
    Map<Integer, PortMap.Port> byNumber =
        ports.stream()
            .collect(Collectors.toMap(PortMap.Port::number, Function.identity(), (a, b) -> a));
    for (int i = 0; i < COUNT; i++) {
      Element cell = getElement().getChild(i);
      PortMap.Port port = byNumber.get(FIRST + i);
      cell.setAttribute("data-state", port == null ? "" : port.state().word());
      cell.setAttribute(
          "title",
          port == null
              ? Words.of("ports.free", Integer.toString(FIRST + i))
              : Words.of(
                  "ports.cell",
                  Integer.toString(port.number()),
                  port.name(),
                  Words.of("service." + port.state().word())));
    }
  }
}

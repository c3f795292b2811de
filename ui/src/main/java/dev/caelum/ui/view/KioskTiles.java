package dev.caelum.ui.view;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.dom.Element;
import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.MachineState;
import dev.caelum.ui.state.ClusterView;
import java.util.ArrayList;
import java.util.List;

/** Machines as calm tiles, problems first; the more there are the smaller they get. */
final class KioskTiles extends Div implements Shown {
  /** More do not fit a wall. */
  static final int MOST = 200;

  private final UnorderedList list = new UnorderedList();
  private final Paragraph rest = new Paragraph();
  private final List<Tile> tiles = new ArrayList<>();
  private List<Face> shown = List.of();

  /** What a tile shows. */
  private record Face(String name, String state, String badge, String sub) {
    static Face of(Machine machine) {
      return new Face(
          Words.name(machine),
          machine.state().word(),
          Words.state(machine),
          machine.cpuPercent() == null || !machine.online()
              ? machine.address()
              : Words.of(
                  "kiosk.load",
                  Words.percent(machine.cpuPercent()),
                  Words.percent(machine.memoryPercent())));
    }
  }

  KioskTiles() {
    addClassName("tiles");
    list.setTestId("kiosk-tiles");
    rest.addClassName("quiet");
    rest.setTestId("kiosk-rest");
    rest.setVisible(false);
    add(list, rest);
  }

  /** Those of this cluster in the order of the tiles; who left is not missed. */
  static List<Machine> order(List<Machine> own) {
    return own.stream()
        .filter(machine -> machine.state() != MachineState.LEFT)
        .sorted(MachineOrder.WORST_FIRST)
        .toList();
  }

  /** The tiles' size for that many. */
  static String size(int count) {
    return count <= 12 ? "large" : count <= 40 ? "medium" : count <= 90 ? "small" : "tiny";
  }

  @Override
  public void show(ClusterView view) {
    List<Machine> all = order(view.own());
    List<Face> faces = all.stream().limit(MOST).map(Face::of).toList();
    rest.setVisible(all.size() > MOST);
    if (all.size() > MOST) {
      rest.setText(Words.of("kiosk.rest", all.size() - MOST));
    }
    if (faces.equals(shown)) {
      return;
    }
    shown = faces;
    list.getElement().setAttribute("data-size", size(faces.size()));
    while (tiles.size() > faces.size()) {
      list.remove(tiles.removeLast().item);
    }
    while (tiles.size() < faces.size()) {
      Tile tile = new Tile();
      tiles.add(tile);
      list.add(tile.item);
    }
    for (int i = 0; i < faces.size(); i++) {
      tiles.get(i).show(faces.get(i));
    }
  }

  /** One tile; it shows now this machine and now that, and changes only what differs. */
  private static final class Tile {
    private final ListItem item = new ListItem();
    private final Element name = new Element("bdi");
    private final Span badge = new Span();
    private final Span sub = new Span();

    Tile() {
      badge.addClassName("badge");
      sub.addClassName("sub");
      item.getElement().appendChild(name, badge.getElement(), sub.getElement());
    }

    void show(Face face) {
      change(name, face.name());
      change(badge.getElement(), face.badge());
      change(sub.getElement(), face.sub());
      item.getElement().setAttribute("data-state", face.state());
      badge.getElement().setAttribute("data-state", face.state());
    }

    private static void change(Element element, String text) {
      if (!element.getText().equals(text)) {
        element.setText(text);
      }
    }
  }
}

package dev.caelum.ui.view;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.router.RouterLink;
import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.Monotonic;
import dev.caelum.ui.state.ClusterView;
import java.util.List;

/**
 * The map in small: who is there and in which state. It is drawn anew at most once a second and
 * only when something of that changed, so that round trips and loads cost nothing here.
 */
final class MapCard extends Section implements Shown {
  private static final long PAUSE_MILLIS = 1_000;

  private final Topology topology = new Topology();
  private List<Machine> drawn = List.of();
  private long drawnAt = -PAUSE_MILLIS;

  MapCard() {
    addClassNames("card", "small-map");
    setTestId("small-map");
    topology.onOpen(MapCard::open);
    RouterLink whole = new RouterLink(Words.of("glance.map.open"), TopologyView.class);
    whole.setTestId("small-map-open");
    Div head = new Div(new H2(Words.of("glance.map")), whole);
    head.addClassName("head");
    add(head, topology);
    setVisible(false);
  }

  private static void open(String id) {
    String name = id.length() > 2 ? id.substring(2) : "";
    if (id.startsWith("m:")) {
      TopologyView.open(name);
    } else {
      TopologyChoice choice =
          name.equals(TopologyGroup.REST)
              ? TopologyChoice.USUAL
              : TopologyChoice.USUAL.withOpen(name);
      UI.getCurrent().navigate(TopologyView.class, choice.query());
    }
  }

  /** A map of one machine says nothing: then there is none. */
  @Override
  public void show(ClusterView view) {
    List<Machine> machines = view.machines();
    setVisible(machines.stream().anyMatch(machine -> !machine.self()));
    long now = Monotonic.millis();
    if (!isVisible() || now - drawnAt < PAUSE_MILLIS) {
      return;
    }
    boolean same = same(machines, drawn);
    drawn = machines;
    if (same) {
      return;
    }
    drawnAt = now;
    topology.show(machines, null, TopologyChoice.SMALL);
  }

  private static boolean same(List<Machine> now, List<Machine> before) {
    if (now.size() != before.size()) {
      return false;
    }
    for (int i = 0; i < now.size(); i++) {
      if (!now.get(i).equals(before.get(i)) && !same(now.get(i), before.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether both look alike on the map. */
  private static boolean same(Machine now, Machine before) {
    return now.key().equals(before.key())
        && now.state() == before.state()
        && now.connected() == before.connected()
        && now.self() == before.self()
        && now.foreign() == before.foreign()
        && now.legacy() == before.legacy()
        && now.simulated() == before.simulated()
        && now.hostname().equals(before.hostname())
        && now.label().equals(before.label())
        && now.label().equals(before.label())
        && now.address().equals(before.address())
        && now.clusterName().equals(before.clusterName());
  }
}

package dev.caelum.ui.view;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JavaScript;
import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The map of the cluster as this node knows it; the browser patches it in place. */
@Tag("caelum-topology")
@JavaScript("context://caelum-topology.js")
final class Topology extends Component {
  private String drawn = "";

  /** Somebody opened what stands on the map. */
  @DomEvent("open")
  public static final class Opened extends ComponentEvent<Topology> {
    private static final long serialVersionUID = 1L;

    private final String id;

    public Opened(Topology source, boolean fromClient, @EventData("event.detail.id") String id) {
      super(source, fromClient);
      this.id = id;
    }
  }

  Topology() {
    getElement().setAttribute("data-testid", "topology");
  }

  /** Nothing on it can be opened. */
  void readOnly() {
    getElement().setAttribute("readonly", true);
  }

  /** As large as it is drawn, instead of as large as there is room. */
  void natural(boolean now) {
    getElement().setAttribute("natural", now);
  }

  /**
   * Tells the id of what is opened: {@code m:KEY}, {@code g:GROUP}, {@code f:GROUP}, {@code r:}.
   */
  void onOpen(Consumer<String> opened) {
    var _ = addListener(Opened.class, event -> opened.accept(event.id));
  }

  /**
   * Draws {@code machines}.
   *
   * @param services of all machines; null when they are not known
   */
  void show(List<Machine> machines, @Nullable List<Service> services, TopologyChoice choice) {
    Map<String, List<Service>> by = new HashMap<>();
    if (services != null && choice.servers()) {
      services.forEach(
          each -> by.computeIfAbsent(each.machine(), _ -> new ArrayList<>()).add(each));
    }
    String drawing = TopologyDrawing.of(TopologyPlan.of(machines, choice), choice, by);
    if (!drawing.equals(drawn)) {
      drawn = drawing;
      getElement().setAttribute("drawing", drawing);
    }
  }
}

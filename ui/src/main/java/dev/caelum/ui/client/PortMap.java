package dev.caelum.ui.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who has which port on which machine. */
public record PortMap(List<Ports> machines, List<String> conflicts) {

  /**
   * The ports of one machine that somebody has.
   *
   * @param nextFree null when there is none, or for another machine
   */
  public record Ports(
      String key, String hostname, boolean self, List<Port> ports, @Nullable Integer nextFree) {}

  /**
   * One port.
   *
   * @param reserved whether it is kept for the name; known of this machine alone
   */
  public record Port(
      int number, String name, ServiceState state, @Nullable String holder, boolean reserved) {}

  static PortMap read(Fields f) {
    return new PortMap(f.list("machines", PortMap::readPorts), f.texts("conflicts"));
  }

  private static Ports readPorts(Fields f) {
    Double next = f.number("next_free");
    String key = f.text("key", "");
    return new Ports(
        key,
        f.text("hostname", key),
        f.flag("self"),
        f.list(
            "ports",
            p ->
                new Port(
                    (int) p.count("port"),
                    p.text("name", ""),
                    ServiceState.of(p.text("state", "")),
                    p.text("holder"),
                    p.flag("reserved"))),
        next == null ? null : (Integer) next.intValue());
  }
}

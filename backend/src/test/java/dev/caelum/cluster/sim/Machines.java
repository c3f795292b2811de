package dev.caelum.cluster.sim;

import dev.caelum.cluster.MachineInfo;
import java.util.List;

/** Machine facts for nodes that have no machine. */
final class Machines {
  private Machines() {}

  static MachineInfo named(String id, String address) {
    return new MachineInfo(
        id,
        "host-of-" + id,
        address,
        new MachineInfo.NetworkInfo(id, List.of(address), List.of(), List.of()),
        new MachineInfo.Resources(null, null, null, null, null, null, null, null, null),
        MachineInfo.Status.ONLINE,
        List.of(),
        List.of(),
        "",
        "0.2.0",
        null,
        "cluster",
        "name",
        MachineInfo.Role.NODE);
  }
}

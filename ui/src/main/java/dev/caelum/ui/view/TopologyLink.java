package dev.caelum.ui.view;

import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.MachineState;
import java.util.Locale;

/** What this node itself knows of the way to a machine; of ways between others it knows nothing. */
enum TopologyLink {
  /** A link of this node. */
  LINKED,
  /** A link, and signs of life are missing. */
  DOUBTED,
  /** No link: others are linked with it and vouch for it. */
  KNOWN,
  /** None. */
  NONE;

  static TopologyLink of(Machine machine) {
    if (machine.self() || machine.foreign()) {
      return NONE;
    }
    if (machine.connected()) {
      return machine.state() == MachineState.SUSPECT ? DOUBTED : LINKED;
    }
    return machine.online() ? KNOWN : NONE;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

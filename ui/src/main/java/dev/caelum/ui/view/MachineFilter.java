package dev.caelum.ui.view;

import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.MachineState;
import java.util.Locale;

/** Which machines of the table are wanted; those that are ignored are in no other group. */
enum MachineFilter {
  ALIVE,
  SUSPECT,
  DEAD,
  LEFT,
  HEARD,
  IGNORED;

  /** As in addresses and translations. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static MachineFilter of(Machine machine) {
    return machine.ignored() ? IGNORED : of(machine.state());
  }

  private static MachineFilter of(MachineState state) {
    return switch (state) {
      case ALIVE -> ALIVE;
      case SUSPECT -> SUSPECT;
      case DEAD -> DEAD;
      case LEFT -> LEFT;
      case HEARD -> HEARD;
    };
  }
}

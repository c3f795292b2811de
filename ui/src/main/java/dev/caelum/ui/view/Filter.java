package dev.caelum.ui.view;

import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.MachineState;
import java.util.Locale;

/** The counters of Cluster Status, each a filter of the two tables. */
enum Filter {
  ALL,
  CONNECTED,
  SUSPECT,
  DEAD,
  LEFT,
  HEARD;

  /** Whether {@code machine} counts and is shown under this filter. */
  boolean takes(Machine machine) {
    return switch (this) {
      case ALL -> !machine.foreign() && machine.state() != MachineState.LEFT;
      case CONNECTED -> machine.state() == MachineState.ALIVE && !machine.foreign();
      case SUSPECT -> machine.state() == MachineState.SUSPECT;
      case DEAD -> machine.state() == MachineState.DEAD;
      case LEFT -> machine.state() == MachineState.LEFT;
      case HEARD -> machine.state() == MachineState.HEARD;
    };
  }

  /** The word in URLs and test ids. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The filter called {@code word}; {@link #ALL} when there is none. */
  static Filter of(String word) {
    for (Filter filter : values()) {
      if (filter.word().equals(word)) {
        return filter;
      }
    }
    return ALL;
  }
}

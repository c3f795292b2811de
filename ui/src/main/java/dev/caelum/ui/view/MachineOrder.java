package dev.caelum.ui.view;

import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.MachineState;
import java.util.Comparator;

/** In which order machines of every state stand beside each other. */
final class MachineOrder {
  /** Problems first, then this machine, then by name; who is ignored last. */
  static final Comparator<Machine> WORST_FIRST =
      Comparator.comparing(Machine::ignored)
          .thenComparingInt(machine -> weight(machine.state()))
          .thenComparing(machine -> !machine.self())
          .thenComparing(Words::name, String.CASE_INSENSITIVE_ORDER)
          .thenComparing(Machine::key);

  private MachineOrder() {}

  private static int weight(MachineState state) {
    return switch (state) {
      case SUSPECT -> 0;
      case DEAD -> 1;
      case ALIVE -> 2;
      case HEARD -> 3;
      case LEFT -> 4;
    };
  }
}

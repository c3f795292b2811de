package dev.caelum.ui.view;

import dev.caelum.ui.client.Failure;
import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.MachineState;
import org.jspecify.annotations.Nullable;

/** Why a machine is not connected, in the node's own words where it gave some. */
final class Reasons {
  private Reasons() {}

  /** What happened; empty for a machine that is online. */
  static String text(Machine machine) {
    if (machine.online()) {
      return "";
    }
    if (machine.foreign()) {
      return Words.of("reason.foreign", machine.clusterName());
    }
    Failure failure = machine.failure();
    if (machine.state() == MachineState.LEFT) {
      return Words.of("reason.left");
    }
    if (failure != null && !failure.text().isEmpty()) {
      return failure.text();
    }
    return Words.of("reason." + machine.state().word());
  }

  /** What to do next; empty when there is nothing to do. */
  static String hint(Machine machine) {
    Failure failure = machine.failure();
    if (machine.online() || failure == null || machine.state() == MachineState.LEFT) {
      return "";
    }
    return failure.hint() == null ? "" : failure.hint();
  }

  /** When the node tries again; null when it does not. */
  static @Nullable Long next(Machine machine) {
    Failure failure = machine.failure();
    return machine.online() || failure == null ? null : failure.nextAt();
  }
}

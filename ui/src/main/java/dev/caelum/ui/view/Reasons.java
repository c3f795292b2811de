package dev.caelum.ui.view;

import dev.caelum.ui.client.Failure;
import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.MachineState;
import org.jspecify.annotations.Nullable;

/** Why a machine is not connected, in the node's own words where it gave some. */
final class Reasons {
  private Reasons() {}

  /** What happened; empty for a machine that is online. */
  static NodeText.Said text(Machine machine) {
    if (machine.online()) {
      return own("");
    }
    if (machine.foreign()) {
      return own(Words.of("reason.foreign", machine.clusterName()));
    }
    Failure failure = machine.failure();
    if (machine.state() == MachineState.LEFT) {
      return own(Words.of("reason.left"));
    }
    if (failure != null && !failure.text().isEmpty() && !machine.simulated()) {
      return NodeText.failure(
          failure.code(), failure.text(), machine.hostname(), failure.endpoint());
    }
    return own(Words.of("reason." + machine.state().word()));
  }

  private static NodeText.Said own(String text) {
    return new NodeText.Said(text, Languages.current().getLanguage());
  }

  /** What to do next; empty when there is nothing to do. */
  static NodeText.Said hint(Machine machine) {
    Failure failure = machine.failure();
    if (machine.online()
        || machine.simulated()
        || failure == null
        || machine.state() == MachineState.LEFT) {
      return own("");
    }
    return NodeText.hint(failure.code(), failure.hint(), machine.hostname(), failure.endpoint());
  }

  /** When the node tries again; null when it does not. */
  static @Nullable Long next(Machine machine) {
    Failure failure = machine.failure();
    return machine.online() || failure == null ? null : failure.nextAt();
  }
}

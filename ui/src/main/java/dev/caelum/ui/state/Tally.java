package dev.caelum.ui.state;

import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.MachineState;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the machines that are counted are, but for those that left.
 *
 * @param members how many they are
 * @param alive how many of them are alive
 * @param linked how many of those are linked with this node
 * @param worst the one with the gravest state, the freshest of several; null when all is well
 * @param likeWorst how many others are in the same state as {@code worst}
 */
public record Tally(
    long members, long alive, long linked, @Nullable Machine worst, long likeWorst) {

  static Tally of(List<Machine> counted) {
    List<Machine> members =
        counted.stream().filter(machine -> machine.state() != MachineState.LEFT).toList();
    List<Machine> alive =
        members.stream().filter(machine -> machine.state() == MachineState.ALIVE).toList();
    Machine worst =
        members.stream()
            .filter(machine -> gravity(machine) > 0)
            .max(
                Comparator.comparingInt(Tally::gravity)
                    .thenComparingLong(
                        m -> m.stateSince() == null ? Long.MIN_VALUE : m.stateSince()))
            .orElse(null);
    return new Tally(
        members.size(),
        alive.size(),
        alive.stream().filter(Machine::connected).count(),
        worst,
        worst == null ? 0 : members.stream().filter(m -> gravity(m) == gravity(worst)).count() - 1);
  }

  /** Heard ones are grave only with a failure. */
  private static int gravity(Machine machine) {
    return switch (machine.state()) {
      case SUSPECT -> 3;
      case DEAD -> 2;
      case HEARD -> machine.failure() == null ? 0 : 1;
      case ALIVE, LEFT -> 0;
    };
  }
}

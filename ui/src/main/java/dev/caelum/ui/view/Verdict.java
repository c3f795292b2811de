package dev.caelum.ui.view;

import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.MachineState;
import dev.caelum.ui.state.ClusterView;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of the cluster in one sentence, and the machine that matters most.
 *
 * @param text the sentence
 * @param worst the machine that a second sentence names; null when all is well
 * @param more how many others are in the same state as the worst
 * @param title the page's title, worst state first
 * @param good whether nothing needs attention
 */
record Verdict(String text, @Nullable Machine worst, long more, String title, boolean good) {

  static Verdict of(ClusterView view) {
    if (!view.known()) {
      return new Verdict(
          Words.of("verdict.starting"), null, 0, Words.of("verdict.starting.title"), false);
    }
    List<Machine> members =
        view.counted().stream().filter(machine -> machine.state() != MachineState.LEFT).toList();
    long alive = members.stream().filter(m -> m.state() == MachineState.ALIVE).count();
    long linked =
        members.stream().filter(m -> m.connected() && m.state() == MachineState.ALIVE).count();
    Optional<Machine> worst = worst(members);
    if (members.size() <= 1) {
      return new Verdict(Words.of("verdict.alone"), null, 0, Words.of("verdict.alone.title"), true);
    }
    String text = text(members.size(), alive, linked);
    if (worst.isEmpty()) {
      return new Verdict(text, null, 0, Words.of("verdict.all.title", alive), true);
    }
    Machine named = worst.get();
    String title = Words.of("verdict.title." + named.state().word(), Words.name(named));
    long like = members.stream().filter(m -> gravity(m) == gravity(named)).count();
    return new Verdict(text, named, like - 1, title, false);
  }

  /** Those that are alive without a link are known through others, and said to be. */
  private static String text(int members, long alive, long linked) {
    boolean all = alive == members;
    if (linked == alive) {
      return all ? Words.of("verdict.all", alive) : Words.of("verdict.some", alive, members);
    }
    return all
        ? Words.of("verdict.all.known", alive, linked)
        : Words.of("verdict.some.known", alive, members, linked);
  }

  /** The machine with the gravest state, the freshest first; heard ones only with a failure. */
  private static Optional<Machine> worst(List<Machine> members) {
    return members.stream()
        .filter(machine -> gravity(machine) > 0)
        .max(
            Comparator.comparingInt(Verdict::gravity)
                .thenComparingLong(m -> m.stateSince() == null ? Long.MIN_VALUE : m.stateSince()));
  }

  private static int gravity(Machine machine) {
    return switch (machine.state()) {
      case SUSPECT -> 3;
      case DEAD -> 2;
      case HEARD -> machine.failure() == null ? 0 : 1;
      case ALIVE, LEFT -> 0;
    };
  }
}

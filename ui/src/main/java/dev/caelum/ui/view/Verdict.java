package dev.caelum.ui.view;

import dev.caelum.ui.client.Machine;
import dev.caelum.ui.state.ClusterView;
import dev.caelum.ui.state.Tally;
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
    Tally tally = view.machines().tally();
    if (tally.members() <= 1) {
      return new Verdict(Words.of("verdict.alone"), null, 0, Words.of("verdict.alone.title"), true);
    }
    String text = text(tally.members(), tally.alive(), tally.linked());
    Machine worst = tally.worst();
    if (worst == null) {
      return new Verdict(text, null, 0, Words.of("verdict.all.title", tally.alive()), true);
    }
    String title = Words.of("verdict.title." + worst.state().word(), Words.name(worst));
    return new Verdict(text, worst, tally.likeWorst(), title, false);
  }

  /** Those that are alive without a link are known through others, and said to be. */
  private static String text(long members, long alive, long linked) {
    boolean all = alive == members;
    if (linked == alive) {
      return all ? Words.of("verdict.all", alive) : Words.of("verdict.some", alive, members);
    }
    return all
        ? Words.of("verdict.all.known", alive, linked)
        : Words.of("verdict.some.known", alive, members, linked);
  }
}

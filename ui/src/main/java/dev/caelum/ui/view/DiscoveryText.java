package dev.caelum.ui.view;

import dev.caelum.ui.client.Discovery;
import org.jspecify.annotations.Nullable;

/** Where a discovery stands and how it ended: in the node's words, or in those of the page. */
final class DiscoveryText {
  private DiscoveryText() {}

  /** Where it stands. */
  static NodeText.Said phase(Discovery run) {
    return said("node.phase." + run.phase(), run.phaseLine(), run);
  }

  /** How it ended; empty while it runs. */
  static NodeText.Said verdict(Discovery run) {
    return run.verdict() == null
        ? NodeText.of("")
        : said("node.verdict." + outcome(run), run.verdict(), run);
  }

  private static String outcome(Discovery run) {
    if (run.state().equals("stopped")) {
      return "stopped";
    }
    if (run.interfacesUsed() == 0) {
      return "no_interface";
    }
    if (run.answered() > 0) {
      return "answered";
    }
    if (run.own() == 0) {
      return "no_echo";
    }
    return run.connected() > 0 ? "linked" : "nobody";
  }

  private static NodeText.Said said(String key, @Nullable String text, Discovery run) {
    return NodeText.said(
        key,
        text,
        Words.decimal(run.elapsedMillis() / 1000.0, 1),
        run.answered(),
        run.fresh(),
        run.connected(),
        run.interfacesUsed(),
        run.attemptsDone(),
        run.attemptsPlanned());
  }
}

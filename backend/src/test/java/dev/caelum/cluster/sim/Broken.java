package dev.caelum.cluster.sim;

import java.util.List;

/** Something that must hold does not. */
final class Broken extends AssertionError {
  private static final long serialVersionUID = 1;

  /** What does not hold, with the names left out: the same for two runs that fail alike. */
  final String kind;

  /** What does not hold, in a sentence. */
  final String what;

  /** What led to it, one line each. */
  final transient List<String> transcript;

  Broken(World world, String kind, String what, List<String> transcript) {
    super("seed " + world.seed + ": " + what + "\n" + String.join("\n", transcript));
    this.kind = kind;
    this.what = what;
    this.transcript = transcript;
  }
}

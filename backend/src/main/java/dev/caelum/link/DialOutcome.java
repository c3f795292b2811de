package dev.caelum.link;

import dev.caelum.cluster.FailureCode;

/** How one dial ended. */
public sealed interface DialOutcome {
  /** From the call to the outcome, in milliseconds. */
  long millis();

  /** The link stands; {@link LinkHandler#opened} was called before. */
  record Connected(PeerLink link, long millis) implements DialOutcome {}

  /**
   * No link.
   *
   * @param evidence what was seen, in words for people, free of control characters
   */
  record Failed(FailureCode code, String evidence, long millis) implements DialOutcome {}
}

package dev.caelum.beacon;

/** How well a source address is known, which decides how much it may send. */
public enum SourceStanding {
  /** One of this machine, or a configured monitor: only a far limit against a runaway process. */
  OWN,
  /** A linked member. */
  MEMBER,
  /** Everybody else. */
  STRANGER
}

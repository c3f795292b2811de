package dev.caelum.cluster;

/** An attempt to get a sign of life from one member. */
final class Attempt {
  /** Why a member is asked for a sign of life. */
  enum Purpose {
    /** It is its turn. */
    TURN,
    /** It was silent in its turn, and probes get lost here: the second and last attempt. */
    AGAIN,
    /** Another machine's word is verified, so that no third is asked. */
    WORD
  }

  final long number;
  final Row row;
  final Purpose purpose;
  final long startedAt;

  /** The member's incarnation when the attempt began. */
  final long incarnation;

  boolean relayed;
  int relays;
  int nacks;
  long due;

  /** How long it waits at most to hear whether this node's own network is down. */
  long undecidedUntil;

  Attempt(long number, Row row, Purpose purpose, long startedAt) {
    this.number = number;
    this.row = row;
    this.purpose = purpose;
    this.startedAt = startedAt;
    this.incarnation = row.incarnation;
  }

  /** Whether the word that it verifies was refuted meanwhile. */
  boolean refuted() {
    return purpose == Purpose.WORD && row.incarnation > incarnation;
  }
}

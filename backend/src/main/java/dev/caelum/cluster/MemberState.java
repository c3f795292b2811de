package dev.caelum.cluster;

import java.util.EnumSet;
import java.util.Set;

/** The state of a member as this node's table records it; the words of the API. */
public enum MemberState {
  /** A beacon came, no registration yet (or a foreign cluster). */
  HEARD,
  /** Registered over a link, with fresh evidence. */
  ALIVE,
  /** Evidence is missing or the link broke; being checked. */
  SUSPECT,
  /** Proven gone, or silent past every limit. */
  DEAD,
  /** Said goodbye. */
  LEFT;

  /** The states that may follow this one; any other is a bug. */
  public Set<MemberState> next() {
    return switch (this) {
      case HEARD -> EnumSet.of(ALIVE, DEAD, LEFT);
      case ALIVE -> EnumSet.of(SUSPECT, DEAD, LEFT);
      case SUSPECT -> EnumSet.of(ALIVE, DEAD, LEFT);
      case DEAD -> EnumSet.of(ALIVE, HEARD);
      case LEFT -> EnumSet.of(ALIVE, HEARD);
    };
  }

  /** The state after a legal step. Fails loudly with both names on an illegal one. */
  public MemberState to(MemberState target) {
    if (target != this && !next().contains(target)) {
      throw new IllegalStateException("no transition from " + this + " to " + target);
    }
    return target;
  }

  /** Whether people count the machine as online. */
  public boolean online() {
    return this == ALIVE || this == SUSPECT;
  }
}

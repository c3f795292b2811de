package dev.caelum.cluster;

import java.util.List;

/**
 * The whole table at one moment, this node first, then by key.
 *
 * @param revision grows by one with each published change
 * @param at monotonic nanoseconds
 */
public record ClusterSnapshot(long revision, long at, List<Member> members) {
  public ClusterSnapshot {
    members = List.copyOf(members);
  }

  /** This node's own row. */
  public Member self() {
    return members.getFirst();
  }
}

package dev.caelum.node;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.Member;
import dev.caelum.feed.MemberNames;
import dev.caelum.feed.NodeStatus.Note;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the membership finds wrong with networks: this machine's own, and UDP to others. */
final class NetworkNotes implements Consumer<ClusterEvent> {
  static final String DOWN = "network_down";
  private static final int NAMED = 3;

  private volatile @Nullable Note own;

  @Override
  public void accept(ClusterEvent event) {
    if (event instanceof ClusterEvent.NetworkLost lost) {
      own =
          new Note(
              DOWN,
              ("%d of %d machines fell silent at once, so this machine's own network is probably"
                      + " down: check its cable or Wi-Fi. What is shown of the others is what was"
                      + " last known.")
                  .formatted(lost.silent(), lost.asked()));
    } else if (event instanceof ClusterEvent.NetworkJudged(boolean back)) {
      own =
          back
              ? null
              : new Note(
                  DOWN,
                  "Most machines fell silent at once and still are, so they now count as gone; it"
                      + " may as well be this machine's own network: check its cable or Wi-Fi.");
    } else if (event instanceof ClusterEvent.Returned || event instanceof ClusterEvent.Connected) {
      own = null;
    }
  }

  /** The finding about this machine's own network. */
  Optional<Note> own() {
    return Optional.ofNullable(own);
  }

  /** The finding about UDP to {@code members}. */
  static Optional<Note> udp(List<Member> members) {
    List<Member> blocked = members.stream().filter(NetworkNotes::udpBlocked).toList();
    if (blocked.isEmpty()) {
      return Optional.empty();
    }
    String names =
        blocked.stream().limit(NAMED).map(MemberNames::name).collect(Collectors.joining(", "));
    int more = blocked.size() - NAMED;
    return Optional.of(
        new Note(
            "udp_blocked",
            "UDP to "
                + names
                + (more > 0 ? " and " + more + " more" : "")
                + " is blocked, TCP works: let UDP 8181 through on both sides, or deaths are found"
                + " later."));
  }

  static boolean udpBlocked(Member member) {
    Member.Probes probes = member.probes();
    return member.state().online() && probes != null && probes.udpBlocked();
  }
}

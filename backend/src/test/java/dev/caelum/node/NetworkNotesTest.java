package dev.caelum.node;

import static dev.caelum.feed.Machines.machine;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.feed.NodeStatus.Note;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkNotesTest {
  private final NetworkNotes notes = new NetworkNotes();
  private final Member beta = machine("beta").build();

  @Test
  void anOwnNetworkThatIsDownIsSaidUntilOthersAreHeard() {
    assertThat(notes.own()).isEmpty();
    notes.accept(new ClusterEvent.NetworkLost(6, 7));
    assertThat(notes.own().map(Note::text).orElse("")).startsWith("6 of 7 machines fell silent");

    notes.accept(new ClusterEvent.NetworkJudged(true));
    assertThat(notes.own()).isEmpty();
  }

  @Test
  void aSilenceThatLastsIsSaidUntilSomebodyComesBack() {
    notes.accept(new ClusterEvent.NetworkLost(6, 7));
    notes.accept(new ClusterEvent.NetworkJudged(false));
    notes.accept(new ClusterEvent.Died(beta, "silent"));
    assertThat(notes.own().map(Note::code)).contains(NetworkNotes.DOWN);

    notes.accept(new ClusterEvent.Returned(beta, MemberState.DEAD));
    assertThat(notes.own()).isEmpty();
  }

  @Test
  void thoseThatUdpDoesNotReachAreNamedWhileTheyAreOnline() {
    Member dead = machine("gone").state(MemberState.DEAD).probes(9, 9, true).build();
    assertThat(NetworkNotes.udp(List.of(beta, dead))).isEmpty();

    List<Member> blocked =
        List.of("a", "b", "c", "d").stream()
            .map(name -> machine(name).probes(9, 9, true).build())
            .toList();
    assertThat(NetworkNotes.udp(blocked).map(Note::text).orElse(""))
        .startsWith("UDP to a, b, c and 1 more is blocked, TCP works");
  }
}

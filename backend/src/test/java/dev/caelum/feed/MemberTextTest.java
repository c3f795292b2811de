package dev.caelum.feed;

import static dev.caelum.feed.Machines.NOW;
import static dev.caelum.feed.Machines.doubt;
import static dev.caelum.feed.Machines.machine;
import static dev.caelum.feed.Machines.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.Member;
import dev.caelum.cluster.Member.Doubt.Outcome;
import dev.caelum.cluster.MemberState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemberTextTest {
  private final Member beta = machine("beta").build();

  @Test
  void aMachineThatIsOnlyKnownThroughOthersDoesNotPassForLinked() {
    Member far = machine("gamma").unlinked().build();

    assertThat(MemberText.summary(far)).isEqualTo("alive, not linked: known through the cluster");
    assertThat(MemberText.reasons(far, new MemberNames(table(far)), NOW))
        .containsExactly(
            "It is not linked with this node; it is known through the cluster, and probed.",
            "The last sign of life came 12 s ago.");
  }

  @Test
  void aLinkedMachineTellsWhichWayHowLongAndHowFast() {
    Member linked = machine("gamma").probes(32, 4, true).build();

    assertThat(MemberText.summary(linked)).isEqualTo("alive, linked; UDP is blocked, TCP works");
    assertThat(MemberText.reasons(linked, new MemberNames(table(linked)), NOW))
        .containsExactly(
            "It has been linked for 10 s; this node dialled 10.0.0.7:8080; a round trip takes 1.5 ms.",
            "The last sign of life came 12 s ago.",
            "Of the last 32 probes over UDP, 28 were answered directly; an answer takes 0.4 ms.",
            "UDP to it is blocked, TCP works: look at the firewalls of both machines for UDP"
                + " 8181.");
  }

  @Test
  void aSuspectTellsWhoFoundItSilentAndOnWhichEvidence() {
    Member suspect =
        machine("gamma")
            .state(MemberState.SUSPECT)
            .unlinked()
            .doubt(doubt(Outcome.OPEN, "alpha", "beta", "gone"))
            .build();

    assertThat(MemberText.summary(suspect))
        .isEqualTo("suspect, not linked: no answer to a probe for 1024 ms; being checked");
    assertThat(MemberText.reasons(suspect, new MemberNames(table(beta, suspect)), NOW))
        .contains(
            "It has been doubted for 1.0 s (no answer to a probe for 1024 ms, found silent by this"
                + " node, beta, a machine not in the table (instance instanc…)).");
  }

  @ParameterizedTest
  @CsvSource({
    "ANSWERED, it answered this node after 0.6 s",
    "REFUTED, it said that it lives (refuted) after 0.6 s",
    "CONFIRMED, it was declared dead after 0.6 s"
  })
  void howADoubtEndedIsTold(Outcome outcome, String words) {
    Member doubted = machine("gamma").doubt(doubt(outcome, "beta")).build();

    assertThat(MemberText.reasons(doubted, new MemberNames(table(beta, doubted)), NOW))
        .contains(
            "It was last doubted 1.0 s ago (no answer to a probe for 1024 ms, found silent by"
                + " beta); "
                + words
                + ".");
  }

  @ParameterizedTest
  @CsvSource({
    "-5, 0 ms",
    "40000000, 40 ms",
    "440000000, 0.4 s",
    "12000000000, 12 s",
    "240000000000, 4 min",
    "10800000000000, 3 h",
    "200000000000000, 2 d"
  })
  void timesHaveTheUnitThatPeopleUse(long nanos, String words) {
    assertThat(MemberText.span(nanos)).isEqualTo(words);
  }
}

package dev.caelum.feed;

import static dev.caelum.feed.Machines.NOW;
import static dev.caelum.feed.Machines.doubt;
import static dev.caelum.feed.Machines.machine;
import static dev.caelum.feed.Machines.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.Member;
import dev.caelum.cluster.Member.Doubt.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class JournalTest {
  private final Journal journal = new Journal();
  private final Member beta = machine("beta").build();
  private final Member gamma = machine("gamma").build();
  private final MemberNames names = new MemberNames(table(beta, gamma));

  @Test
  void aSuspicionIsToldFromTheFirstAccuserToTheRefutation() {
    journal.changed(gamma, names, NOW);
    journal.changed(doubted(Outcome.OPEN, "beta"), names, NOW);
    journal.changed(doubted(Outcome.OPEN, "beta", "alpha"), names, NOW);
    journal.changed(doubted(Outcome.REFUTED, "beta", "alpha"), names, NOW);

    assertThat(texts())
        .containsExactly(
            "gamma refuted the suspicion after 0.6 s, incarnation 3",
            "this node found gamma silent",
            "beta found gamma silent");
    assertThat(journal.of(gamma.key()).getFirst())
        .isEqualTo(
            new Finding(
                NOW - 400_000_000L,
                "refuted",
                "gamma refuted the suspicion after 0.6 s, incarnation 3"));
  }

  @Test
  void anAnswerEndsADoubtOnceAndTheNextDoubtIsAnother() {
    journal.changed(doubted(Outcome.ANSWERED, "beta"), names, NOW);
    journal.changed(doubted(Outcome.ANSWERED, "beta"), names, NOW);
    journal.changed(doubted(Outcome.OPEN, "beta"), names, NOW);

    assertThat(texts())
        .containsExactly(
            "beta found gamma silent",
            "gamma answered this node after 0.6 s",
            "beta found gamma silent");
  }

  @Test
  void aMemberThatOthersToldOfIsSaidToBeKnownThroughThem() {
    Member far = machine("gamma").unlinked().build();
    journal.changed(far, names, NOW);
    journal.changed(far, names, NOW);

    assertThat(texts()).containsExactly("gamma is known through the cluster");
  }

  @Test
  void theSameAgainOnlyRenewsTheTime() {
    journal.told("k", new Finding(1, "refused", "nothing listens"));
    journal.told("k", new Finding(2, "refused", "nothing listens"));

    assertThat(journal.of("k")).containsExactly(new Finding(2, "refused", "nothing listens"));
  }

  @Test
  void attemptsThatFailAlikeDoNotDriveOutWhyItWent() {
    journal.told("k", new Finding(1, "dead", "its process is gone"));
    for (int i = 1; i < 50; i++) {
      journal.told("k", new Finding(1 + i, "refused", "attempt " + i));
    }
    assertThat(journal.of("k"))
        .containsExactly(
            new Finding(50, "refused", "attempt 49"),
            new Finding(1, "dead", "its process is gone"));
  }

  @Test
  void onlyTheLastFindingsAreKeptAndNoneOfARowThatIsGone() {
    for (int i = 0; i < 100; i++) {
      journal.told("k", new Finding(i, "moved", "to " + i));
    }
    assertThat(journal.of("k")).hasSize(Journal.KEPT);
    assertThat(journal.of("k").getFirst().text()).isEqualTo("to 99");

    journal.removed("k");
    assertThat(journal.of("k")).isEmpty();
  }

  @Test
  void forgedRowsCannotMakeItGrow() {
    for (int i = 0; i < 10_000; i++) {
      journal.told("k" + i, new Finding(i, "heard", "heard"));
    }
    assertThat(journal.of("k0")).hasSize(1);
    assertThat(journal.of("k9999")).isEmpty();
  }

  private static Member doubted(Outcome outcome, String... accusers) {
    return machine("gamma").incarnation(3).doubt(doubt(outcome, accusers)).build();
  }

  private List<String> texts() {
    return journal.of(gamma.key()).stream().map(Finding::text).toList();
  }
}

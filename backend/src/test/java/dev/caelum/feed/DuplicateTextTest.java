package dev.caelum.feed;

import static dev.caelum.feed.Machines.NOW;
import static dev.caelum.feed.Machines.machine;
import static dev.caelum.feed.Machines.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.Member;
import java.util.List;
import org.junit.jupiter.api.Test;

class DuplicateTextTest {
  private final Member beta = machine("beta").sharing("id", 7_300).build();
  private final Member copy = machine("beta-2").sharing("id", 20).build();

  private static List<Member> all(Member... members) {
    return table(members).members();
  }

  @Test
  void theOneSeenLaterIsTheCopyAndTheCommandBelongsThere() {
    String verdict =
        "Was a disk image copied? beta-2 (10.0.0.7:8080) is newer (first seen 20 s ago, the other"
            + " 2 h ago): run ./caelum identity renew there.";
    List<Member> table = all(copy, beta, machine("gamma").build());

    assertThat(DuplicateText.advice(beta, table, NOW))
        .isEqualTo("Its id is used by beta-2 (10.0.0.7:8080), too. " + verdict);
    assertThat(DuplicateText.advice(copy, table, NOW))
        .isEqualTo("Its id is used by beta (10.0.0.7:8080), too. " + verdict);
    assertThat(DuplicateText.note(table, NOW))
        .contains(
            "The id id is used by beta (10.0.0.7:8080) and beta-2 (10.0.0.7:8080). " + verdict);
    assertThat(MemberText.reasons(beta, new MemberNames(table(beta, copy)), NOW).getLast())
        .endsWith(verdict);
  }

  @Test
  void ofTwoThatCameTogetherNoneIsBlamed() {
    Member twin = machine("beta-2").sharing("id", 7_297).build();

    assertThat(DuplicateText.advice(beta, all(beta, twin), NOW))
        .endsWith("cannot tell which is the copy: run ./caelum identity renew on that one.");
  }

  @Test
  void ofSeveralCopiesEachIsToBeRenewed() {
    Member second = machine("beta-3").sharing("id", 10).build();

    assertThat(DuplicateText.advice(beta, all(beta, copy, second), NOW))
        .contains("beta-2 (10.0.0.7:8080) and beta-3 (10.0.0.7:8080) are newer")
        .contains("first seen 20 s ago and 10 s ago, the other 2 h ago")
        .endsWith("run ./caelum identity renew on each.");
  }

  @Test
  void oldNodesCannotDoBetter() {
    Member old = machine("old").legacy().sharing("id", 20).build();

    assertThat(DuplicateText.advice(beta, all(beta, old), NOW))
        .endsWith("Old nodes on Linux do that; each has a row of its own.");
  }

  @Test
  void withoutSharedIdsThereIsNothingToSay() {
    assertThat(DuplicateText.note(all(machine("gamma").build()), NOW)).isEmpty();
  }
}

package dev.caelum.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Member;
import dev.caelum.feed.EventText;
import dev.caelum.feed.MemberNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BurstsTest {
  private static final long SECOND = 1_000_000_000L;

  private final List<String> lines = new ArrayList<>();
  private final Bursts bursts = new Bursts(text -> lines.add(text.text()));

  @Test
  void aFewHaveLinesOfTheirOwn() {
    for (int i = 0; i < Bursts.ALONE; i++) {
      suspect(i, i);
    }
    bursts.tick(2 * SECOND);

    assertThat(lines)
        .containsExactly("m0 is suspect: silent", "m1 is suspect: silent", "m2 is suspect: silent");
  }

  @Test
  void manyAtOneMomentEndInOneLineAboutAll() {
    for (int i = 0; i < 10; i++) {
      suspect(i, i);
    }
    assertThat(lines).hasSize(Bursts.ALONE);
    bursts.tick(SECOND + 1);

    assertThat(lines)
        .hasSize(Bursts.ALONE + 1)
        .last()
        .isEqualTo("10 machines fell silent at once: m0, m1, m2, m3, m4, m5, m6, m7 and 2 more");
    bursts.tick(3 * SECOND);
    assertThat(lines).hasSize(Bursts.ALONE + 1);
  }

  @Test
  void theNextMomentBeginsAnew() {
    for (int i = 0; i < 5; i++) {
      suspect(i, 0);
    }
    suspect(5, 2 * SECOND);

    assertThat(lines.subList(3, lines.size()))
        .containsExactly(
            "5 machines fell silent at once: m0, m1, m2, m3, m4", "m5 is suspect: silent");
  }

  private void suspect(int number, long at) {
    Member member = Rows.member("m" + number, new Endpoint("10.0.0.3", 8_000 + number));
    EventText text =
        EventText.of(
            new ClusterEvent.Suspected(member, "silent"), new MemberNames(Rows.table(member)));
    bursts.tell(Objects.requireNonNull(text), at);
  }
}

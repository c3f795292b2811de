package dev.caelum.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.NodeId;
import dev.caelum.cluster.Rumor;
import dev.caelum.wire.Frame;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinePartsTest {
  private static final List<Integer> BUCKETS = List.of(0, 7, 31);

  private final LineParts parts = new LineParts();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 149, 150, 151, 1_000, 2_048, 2_400})
  void whatIsCutIsPutTogetherAgain(int count) {
    List<Rumor> lines = lines(count);
    List<Frame.Lines> frames = LineParts.split(lines, BUCKETS, true);

    assertThat(frames).hasSize(Math.max(1, Math.ceilDiv(count, 150)));
    for (Frame.Lines frame : frames.subList(0, frames.size() - 1)) {
      assertThat(parts.take(frame)).isNull();
    }
    assertThat(parts.take(frames.getLast())).isEqualTo(new LineParts.Whole(lines, BUCKETS, true));
  }

  @Test
  void linesBeyondAllFramesTakeTheClaimOfCompletenessWithThem() {
    List<Frame.Lines> frames = LineParts.split(lines(2_401), BUCKETS, true);

    assertThat(frames).hasSize(Frame.Lines.PARTS);
    assertThat(frames.getLast().buckets()).isEmpty();
    assertThat(frames.getLast().reply()).isFalse();
  }

  @Test
  void aMissingPartMakesTheOthersUseless() {
    List<Frame.Lines> frames = LineParts.split(lines(450), BUCKETS, true);
    parts.take(frames.get(0));

    assertThat(parts.take(frames.get(2))).isNull();
    assertThat(parts.take(frames.get(1))).isNull();
    assertThat(parts.take(frames.get(2))).isNull();
  }

  @Test
  void aNewTellingForgetsTheUnfinishedOne() {
    parts.take(LineParts.split(lines(450), BUCKETS, true).getFirst());
    List<Frame.Lines> next = LineParts.split(lines(160), List.of(), false);
    parts.take(next.getFirst());

    assertThat(Objects.requireNonNull(parts.take(next.getLast())).lines()).hasSize(160);
  }

  @Test
  void aLastPartAloneIsNothing() {
    assertThat(parts.take(new Frame.Lines(lines(1), BUCKETS, true, 2, 2))).isNull();
  }

  private static List<Rumor> lines(int count) {
    return IntStream.range(0, count)
        .mapToObj(i ->
            new Rumor(
                new NodeId("n" + i),
                new InstanceId("i" + i),
                Rumor.Claim.DEAD,
                i,
                new InstanceId("a"),
                null))
        .toList();
  }
}

package dev.caelum.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChunkTest {
  private static final int COLUMNS = 5;

  @Test
  void whateverIsPackedComesBack() {
    for (int seed = 0; seed < 200; seed++) {
      long[][] hour = hour(new Random(seed));
      assertThat(Chunk.unpack(Chunk.pack(hour))).as("seed " + seed).isDeepEqualTo(hour);
    }
  }

  /** Walks, jumps, extremes and gaps. */
  private static long[][] hour(Random random) {
    long[][] hour = Chunk.empty(COLUMNS);
    for (long[] column : hour) {
      int gaps = random.nextInt(3);
      long value = random.nextInt(1_000);
      for (int slot = 0; slot < Chunk.SLOTS; slot++) {
        value +=
            switch (random.nextInt(20)) {
              case 0 -> random.nextLong() >> 1;
              case 1 -> random.nextInt();
              default -> random.nextInt(-20, 21);
            };
        if (random.nextInt(4) >= gaps && value != Chunk.MISSING) {
          column[slot] = value;
        }
      }
    }
    return hour;
  }

  @Test
  void anHourOfAWalkTakesLessThanAByteAndAHalfANumber() {
    Random random = new Random(1);
    long[][] hour = Chunk.empty(COLUMNS);
    for (long[] column : hour) {
      long value = 500;
      for (int slot = 0; slot < Chunk.SLOTS; slot++) {
        value = Math.clamp(value + random.nextInt(-30, 31), 0, 1_000);
        column[slot] = value;
      }
    }
    assertThat(Chunk.pack(hour)).hasSizeLessThan(COLUMNS * Chunk.SLOTS * 3 / 2);
  }

  @Test
  void anEmptyHourIsTiny() {
    assertThat(Chunk.pack(Chunk.empty(COLUMNS))).hasSizeLessThan(20);
  }

  @Test
  void whatIsBrokenIsRefusedAndNeverMore() {
    byte[] good = Chunk.pack(hour(new Random(7)));
    assertThatIllegalArgumentException().isThrownBy(() -> Chunk.unpack(new byte[0]));
    for (int length = 0; length < good.length; length += 7) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThatIllegalArgumentException().isThrownBy(() -> Chunk.unpack(cut));
    }
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      byte[] broken = good.clone();
      broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(Chunk.unpack(broken).length).isLessThanOrEqualTo(8);
      } catch (IllegalArgumentException refused) {
        assertThat(refused.getMessage()).contains("chunk");
      }
    }
  }
}

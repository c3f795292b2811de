package dev.caelum.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What fuzzing has found stays found: each kept input against its parser, without a fuzzer. */
@Timeout(60)
class KeptInputsTest {
  @ParameterizedTest
  @EnumSource
  void everyInvariantHoldsForEachKeptInput(FuzzTarget target) {
    List<byte[]> inputs = Inputs.of(target);
    assertThat(inputs).isNotEmpty();
    for (byte[] input : inputs) {
      try {
        target.run(input);
      } catch (RuntimeException | Error e) {
        throw new AssertionError(Inputs.write(input), e);
      }
    }
  }

  @Test
  void aLineIsReadAsTheBytesThatItWasWrittenFrom() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    assertThat(Inputs.read(Inputs.write(all))).isEqualTo(all);
    assertThat(Inputs.write("#\\\u00e9".getBytes(UTF_8))).isEqualTo("\\x23\\x5c\\xc3\\xa9");
  }
}

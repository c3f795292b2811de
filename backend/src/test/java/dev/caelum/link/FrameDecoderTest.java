package dev.caelum.link;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.common.buffers.DataReader;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FrameDecoderTest {
  private static final int LENGTH = 1 << 20;
  private static final byte[] MASK = {1, 2, 3, 4};

  /** Time that grows with the square of the packets would be hours here. */
  @Test
  void theLongestFrameInTheSmallestPacketsIsReadInLinearTime() {
    ByteBuffer head =
        ByteBuffer.allocate(14).put((byte) 0x81).put((byte) 0xff).putLong(LENGTH).put(MASK);
    // Letters of a text, masked as they are sent.
    Iterator<byte[]> packets =
        IntStream.range(0, 14 + LENGTH)
            .mapToObj(i -> new byte[] {i < 14 ? head.get(i) : (byte) ('x' ^ MASK[(i - 14) % 4])})
            .iterator();
    DataReader reader = DataReader.create(packets::next);

    FrameDecoder.Frame frame = new FrameDecoder(reader, true, LENGTH).next();

    assertThat(frame.fin()).isTrue();
    assertThat(US_ASCII.decode(frame.payload()).toString()).isEqualTo("x".repeat(LENGTH));
  }
}

package dev.caelum.link;

import io.helidon.common.buffers.DataReader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A stream of given bytes, in packets of given length, that ends behind them. */
final class Packets {
  private final byte[] bytes;
  private final int length;
  private int taken;

  private Packets(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  static DataReader reader(byte[] bytes, int length) {
    Packets packets = new Packets(bytes, length);
    return DataReader.create(packets::next);
  }

  private byte @Nullable [] next() {
    int from = taken;
    taken = Math.min(bytes.length, from + length);
    return from == taken ? null : Arrays.copyOfRange(bytes, from, taken);
  }
}

package dev.caelum.history;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * One hour of one series in a few hundred bytes: for each column a bit for each 15 s that has a
 * number, then the differences from number to number as zig-zag varints (as Protocol Buffers have
 * them), all of it deflated.
 */
final class Chunk {
  static final int SLOT_SECONDS = 15;
  static final int SLOTS = 3_600 / SLOT_SECONDS;

  /** Stands for a number that was not measured. */
  static final long MISSING = Long.MIN_VALUE;

  private static final byte VERSION = 1;
  private static final int BITS = SLOTS / 8;
  private static final int MOST_COLUMNS = 8;

  /** The longest varints, and the bits, of the most columns. */
  private static final int MOST_BYTES = MOST_COLUMNS * (BITS + SLOTS * 10);

  private Chunk() {}

  /** An hour without a number. */
  static long[][] empty(int columns) {
    long[][] hour = new long[columns][SLOTS];
    for (long[] column : hour) {
      Arrays.fill(column, MISSING);
    }
    return hour;
  }

  /** Packs columns of {@value #SLOTS} numbers. */
  static byte[] pack(long[][] columns) {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    for (long[] column : columns) {
      plain.writeBytes(bits(column));
      long last = 0;
      for (long value : column) {
        if (value != MISSING) {
          varint(plain, value - last);
          last = value;
        }
      }
    }
    return deflate(plain.toByteArray(), columns.length);
  }

  private static byte[] bits(long[] column) {
    byte[] bits = new byte[BITS];
    for (int slot = 0; slot < SLOTS; slot++) {
      if (column[slot] != MISSING) {
        bits[slot / 8] |= (byte) (1 << (slot % 8));
      }
    }
    return bits;
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static byte[] deflate(byte[] plain, int columns) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      deflater.setInput(plain);
      deflater.finish();
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      packed.write(VERSION);
      packed.write(columns);
      byte[] part = new byte[1_024];
      while (!deflater.finished()) {
        packed.write(part, 0, deflater.deflate(part));
      }
      return packed.toByteArray();
    } finally {
      deflater.end();
    }
  }

  /**
   * What was packed.
   *
   * @throws IllegalArgumentException when it is nothing that {@link #pack} made
   */
  static long[][] unpack(byte[] packed) {
    if (packed.length < 2 || packed[0] != VERSION || packed[1] < 0 || packed[1] > MOST_COLUMNS) {
      throw new IllegalArgumentException("not a chunk of this version");
    }
    Reader reader = new Reader(inflate(packed));
    long[][] hour = empty(packed[1]);
    for (long[] column : hour) {
      int bits = reader.take(BITS);
      long last = 0;
      for (int slot = 0; slot < SLOTS; slot++) {
        if ((reader.plain[bits + slot / 8] & (1 << (slot % 8))) != 0) {
          last += reader.varint();
          column[slot] = last;
        }
      }
    }
    return hour;
  }

  private static byte[] inflate(byte[] packed) {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(packed, 2, packed.length - 2);
      ByteArrayOutputStream plain = new ByteArrayOutputStream();
      byte[] part = new byte[4_096];
      while (!inflater.finished()) {
        int got = inflater.inflate(part);
        if (got == 0 || plain.size() + got > MOST_BYTES) {
          throw new IllegalArgumentException("a chunk that was cut, or is too long");
        }
        plain.write(part, 0, got);
      }
      return plain.toByteArray();
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("a broken chunk", e);
    } finally {
      inflater.end();
    }
  }

  private static final class Reader {
    private final byte[] plain;
    private int at;

    Reader(byte[] plain) {
      this.plain = plain;
    }

    /** Where the next {@code count} bytes begin. */
    int take(int count) {
      if (plain.length - at < count) {
        throw new IllegalArgumentException("a chunk that was cut");
      }
      at += count;
      return at - count;
    }

    long varint() {
      long value = 0;
      for (int shift = 0; shift < 64; shift += 7) {
        byte next = plain[take(1)];
        value |= (long) (next & 0x7f) << shift;
        if (next >= 0) {
          return (value >>> 1) ^ -(value & 1);
        }
      }
      throw new IllegalArgumentException("a chunk with a number without an end");
    }
  }
}

package dev.caelum.beacon;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Remembers datagrams for two seconds, so that the multicast and the broadcast copy of one are
 * handed on once. A fixed table, one place a hash: a datagram that displaces another only makes a
 * copy of that one pass, which the protocol's sequence numbers catch. For one thread.
 */
final class CopyMemory {
  private static final int SLOTS = 4096;
  private static final long REMEMBERED_NANOS = 2_000_000_000L;

  /** Odd constants of splitmix64 (Steele, Lea, Flood: "Fast splittable generators", 2014). */
  private static final long MIX_1 = 0xBF58476D1CE4E5B9L;

  private static final long MIX_2 = 0x94D049BB133111EBL;

  private final long seed = new SecureRandom().nextLong();
  private final long[] hashes = new long[SLOTS];
  private final long[] times = new long[SLOTS];

  /** Whether the same bytes came from {@code source} within the last two seconds. */
  boolean isCopy(ByteBuffer payload, InetSocketAddress source, long nowNanos) {
    long hash = hash(payload, source);
    int slot = (int) (hash & (SLOTS - 1));
    if (hashes[slot] == hash && nowNanos - times[slot] < REMEMBERED_NANOS) {
      return true;
    }
    hashes[slot] = hash;
    times[slot] = nowNanos;
    return false;
  }

  private long hash(ByteBuffer payload, InetSocketAddress source) {
    long hash = mix(seed ^ source.getAddress().hashCode(), source.getPort());
    int at = payload.position();
    for (; at + Long.BYTES <= payload.limit(); at += Long.BYTES) {
      hash = mix(hash, payload.getLong(at));
    }
    long rest = payload.remaining();
    for (; at < payload.limit(); at++) {
      rest = rest << Byte.SIZE | (payload.get(at) & 0xFF);
    }
    return mix(hash, rest);
  }

  private static long mix(long hash, long word) {
    long mixed = (hash ^ word) * MIX_1;
    mixed = (mixed ^ (mixed >>> 29)) * MIX_2;
    return mixed ^ (mixed >>> 32);
  }
}

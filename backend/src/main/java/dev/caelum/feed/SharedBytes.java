package dev.caelum.feed;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The serialised form of one delivery, made by its first reader and shared by all others; so 500
 * readers cost one serialisation. It is made anew for a reader that comes more than a second later,
 * because ages are part of it.
 */
public final class SharedBytes {
  private static final long FRESH = TimeUnit.SECONDS.toNanos(1);

  private static final class Made {
    final byte[] bytes;
    final long at = System.nanoTime();

    Made(byte[] bytes) {
      this.bytes = bytes;
    }

    boolean fresh() {
      return System.nanoTime() - at < FRESH;
    }
  }

  private volatile @Nullable Made made;

  SharedBytes() {}

  /** Lets go of the bytes, which nobody is likely to ask for any more. */
  void forget() {
    made = null;
  }

  /**
   * The bytes; {@code maker} runs only when there are no fresh ones. Nobody may change the array,
   * and all callers use the same form.
   */
  public byte[] get(Supplier<byte[]> maker) {
    Made known = made;
    if (known != null && known.fresh()) {
      return known.bytes;
    }
    synchronized (this) {
      Made raced = made;
      if (raced != null && raced.fresh()) {
        return raced.bytes;
      }
      Made fresh = new Made(maker.get());
      made = fresh;
      return fresh.bytes;
    }
  }
}

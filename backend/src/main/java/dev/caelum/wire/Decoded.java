package dev.caelum.wire;

import java.util.function.Function;

/** What came off the wire: a value, or the reason why it was refused. Never an exception. */
public sealed interface Decoded<T> {
  /** It was understood. */
  record Value<T>(T value) implements Decoded<T> {}

  /**
   * It was refused.
   *
   * @param detail for a log, not yet cleaned
   */
  record Rejected<T>(Refusal reason, String detail) implements Decoded<T> {
    /** The same refusal of another type of value. */
    public <U> Decoded<U> as() {
      return new Rejected<>(reason, detail);
    }
  }

  /** Goes on with the value, or passes the refusal on. */
  default <U> Decoded<U> then(Function<? super T, Decoded<U>> next) {
    return switch (this) {
      case Value<T> found -> next.apply(found.value());
      case Rejected<T> rejected -> rejected.as();
    };
  }

  /** A shorthand for {@link Rejected}. */
  static <T> Decoded<T> rejected(Refusal reason, String detail) {
    return new Rejected<>(reason, detail);
  }
}

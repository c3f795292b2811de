package dev.caelum.fuzz;

import dev.caelum.wire.Decoded;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What holds for each input of each parser; an input that breaks it is a finding. */
public final class Invariant {
  /** Components that are JSON, or lines of text, for somebody else, who checks or shows them. */
  private static final Set<String> JSON =
      Set.of("payload", "result", "arguments", "schema", "description");

  /** The longest text that a row, a log or a page is handed. */
  private static final int TEXT = 512;

  private static final int NAME = 64;
  private static final int FREE_TEXT = 8_192;
  private static final int ITEMS = 2_048;
  private static final int DEPTH = 16;

  private Invariant() {}

  /** Fails with {@code broken} unless {@code holds}. */
  public static void require(boolean holds, String broken) {
    if (!holds) {
      throw new AssertionError(broken);
    }
  }

  /** {@code again} must be {@code value}. */
  public static void same(Object value, Object again) {
    if (!value.equals(again)) {
      throw new AssertionError("comes back as another: " + value + " as " + again);
    }
  }

  /** The value; null for a refusal, which must have a short reason. */
  public static <T> @Nullable T accepted(Decoded<T> decoded) {
    return switch (decoded) {
      case Decoded.Value<T>(T value) -> {
        bounded(value);
        yield value;
      }
      case Decoded.Rejected<T>(_, String detail) -> {
        require(!detail.isEmpty() && detail.length() <= TEXT, "a refusal's reason: " + detail);
        yield null;
      }
    };
  }

  /** The value that must have been understood. */
  public static <T> T value(Decoded<T> decoded) {
    return switch (decoded) {
      case Decoded.Value<T>(T value) -> value;
      case Decoded.Rejected<T> rejected ->
          throw new AssertionError("refuses what it wrote itself: " + rejected);
    };
  }

  /**
   * Each text of a record is short and has no invisible character, each list has an end; maps are
   * free-form and only bounded.
   */
  public static void bounded(@Nullable Object value) {
    switch (value) {
      case String text -> printable(text);
      case Collection<?> items -> {
        require(items.size() <= ITEMS, items.size() + " items");
        items.forEach(Invariant::bounded);
      }
      case Map<?, ?> map -> freeForm(map, 1);
      case Record parts -> {
        for (RecordComponent part : parts.getClass().getRecordComponents()) {
          if (JSON.contains(part.getName()) && read(part, parts) instanceof String json) {
            require(json.chars().noneMatch(Invariant::noJson), "no character of JSON in: " + json);
          } else {
            bounded(read(part, parts));
          }
        }
      }
      case null, default -> {
        // Numbers, flags and names of ours.
      }
    }
  }

  /** {@code text} may be shown to people as it is. */
  public static void printable(String text) {
    require(text.length() <= TEXT, "a text of " + text.length() + " characters");
    require(
        text.codePoints().noneMatch(Invariant::invisible), "an invisible character in: " + text);
  }

  private static boolean noJson(int character) {
    return character < ' ' && "\n\r\t".indexOf(character) < 0;
  }

  private static boolean invisible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static void freeForm(@Nullable Object value, int depth) {
    require(depth <= DEPTH + 1, "nested deeper than " + DEPTH);
    switch (value) {
      case String text ->
          require(text.length() <= FREE_TEXT, "a text of " + text.length() + " characters");
      case Collection<?> items -> items.forEach(item -> freeForm(item, depth + 1));
      case Map<?, ?> map ->
          map.forEach((key, item) -> {
            require(key.toString().length() <= NAME, "a name of " + key);
            freeForm(item, depth + 1);
          });
      case null, default -> {
        // A number or a flag.
      }
    }
  }

  private static @Nullable Object read(RecordComponent part, Record whole) {
    try {
      part.getAccessor().setAccessible(true);
      return part.getAccessor().invoke(whole);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(part + " cannot be read", e);
    }
  }
}

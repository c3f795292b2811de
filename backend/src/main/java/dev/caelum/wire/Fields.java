package dev.caelum.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Typed access to the keys of one JSON object; the first mismatch is remembered, not thrown. */
final class Fields {
  private final Map<String, @Nullable Object> object;
  private @Nullable String problem;

  Fields(Map<String, @Nullable Object> object) {
    this.object = object;
  }

  /** Null while every access matched. */
  @Nullable String problem() {
    return problem;
  }

  /** Demands that no key is outside {@code allowed}. */
  Fields only(Set<String> allowed) {
    for (String key : object.keySet()) {
      if (!allowed.contains(key)) {
        fail("unknown key " + key);
      }
    }
    return this;
  }

  boolean has(String key) {
    return object.get(key) != null;
  }

  String text(String key, int limit) {
    return text(key, null, limit);
  }

  /** A string cut to {@code limit}; {@code fallback} null makes the key required. */
  String text(String key, @Nullable String fallback, int limit) {
    Object value = object.get(key);
    if (value instanceof String text) {
      return cut(text, limit);
    }
    if (value != null || fallback == null) {
      fail(key + " must be a string");
      return "";
    }
    return fallback;
  }

  @Nullable String textOrNull(String key, int limit) {
    Object value = object.get(key);
    if (value instanceof String text) {
      return cut(text, limit);
    }
    if (value != null) {
      fail(key + " must be a string or null");
    }
    return null;
  }

  long whole(String key, @Nullable Long fallback, long minimum, long maximum) {
    Object value = object.get(key);
    if (value == null && fallback != null) {
      return fallback;
    }
    if (value instanceof Long number && number >= minimum && number <= maximum) {
      return number;
    }
    fail(key + " must be a whole number from " + minimum + " to " + maximum);
    return minimum;
  }

  @Nullable Double numberOrNull(String key) {
    return object.get(key) instanceof Number number ? Double.valueOf(number.doubleValue()) : null;
  }

  boolean flag(String key) {
    return Boolean.TRUE.equals(object.get(key));
  }

  /** The whole numbers of an array; anything else in it, or one out of range, is a problem. */
  List<Integer> integers(String key, int minimum, int maximum) {
    List<Integer> out = new ArrayList<>();
    for (Object item : list(key)) {
      if (item instanceof Long number && number >= minimum && number <= maximum) {
        out.add(number.intValue());
      } else {
        fail(key + " must be whole numbers from " + minimum + " to " + maximum);
      }
    }
    return out;
  }

  List<String> texts(String key, int count, int limit) {
    List<String> out = new ArrayList<>();
    for (Object item : list(key)) {
      if (item instanceof String text && out.size() < count) {
        out.add(cut(text, limit));
      }
    }
    return out;
  }

  /** The objects of an array; other entries are passed over, an absent key is an empty list. */
  @SuppressWarnings("unchecked")
  List<Map<String, @Nullable Object>> objects(String key, int count) {
    List<Map<String, @Nullable Object>> out = new ArrayList<>();
    for (Object item : list(key)) {
      if (item instanceof Map<?, ?> map && out.size() < count) {
        out.add((Map<String, @Nullable Object>) map);
      }
    }
    return out;
  }

  @SuppressWarnings("unchecked")
  @Nullable Map<String, @Nullable Object> objectOrNull(String key) {
    return object.get(key) instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : null;
  }

  List<?> list(String key) {
    Object value = object.get(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    fail(key + " must be a list");
    return List.of();
  }

  /** A required string as it is, not cleaned; one of more than {@code limit} is a problem. */
  String exact(String key, int limit) {
    if (object.get(key) instanceof String text && text.length() <= limit) {
      return text;
    }
    fail(key + " must be a string of at most " + limit + " characters");
    return "";
  }

  /**
   * A required text that is JSON for somebody else, who checks it: as it is, but for characters
   * that no JSON text has in it.
   */
  String json(String key, int limit) {
    String text = exact(key, limit);
    if (text.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t')) {
      fail(key + " must be JSON");
    }
    return text;
  }

  /** A required text of several lines, each as people may be shown it. */
  String lines(String key, int limit) {
    return exact(key, limit)
        .lines()
        .map(line -> cut(line, limit))
        .collect(Collectors.joining("\n"));
  }

  /** A required name, which must be as people may be shown it. */
  String name(String key, int limit) {
    String text = exact(key, limit);
    if (!plain(text)) {
      fail(key + " must not have invisible characters");
    }
    return text;
  }

  void fail(String what) {
    if (problem == null) {
      problem = what;
    }
  }

  /**
   * A string as people may be shown it: control and format characters (which include those of text
   * direction) left out, then cut to {@code limit} characters without splitting a surrogate pair.
   */
  static String cut(String text, int limit) {
    String clean = plain(text) ? text : visible(text);
    if (clean.length() <= limit) {
      return clean;
    }
    int end = Character.isHighSurrogate(clean.charAt(limit - 1)) ? limit - 1 : limit;
    return clean.substring(0, end);
  }

  /**
   * Whether all of it is printable ASCII, as nearly every text is: a loop, as each beacon has many.
   */
  private static boolean plain(String text) {
    for (int at = 0; at < text.length(); at++) {
      char unit = text.charAt(at);
      if (unit < ' ' || unit > '~') {
        return false;
      }
    }
    return true;
  }

  private static String visible(String text) {
    return text.codePoints()
        .filter(point -> !invisible(point))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean invisible(int point) {
    int type = Character.getType(point);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}

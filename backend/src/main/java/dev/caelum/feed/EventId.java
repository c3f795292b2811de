package dev.caelum.feed;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of one event: {@code INSTANCE-NUMBER}.
 *
 * @param instance the node's start; numbers of another start mean nothing
 * @param number 0 before the first event, then growing by one
 */
public record EventId(String instance, long number) {
  private static final Pattern FORM = Pattern.compile("([!-~]{1,32})-([0-9]{1,18})");

  /** Reads what {@link #toString()} wrote; null when {@code text} is anything else. */
  public static @Nullable EventId parse(String text) {
    if (text.length() > 64) {
      return null;
    }
    var form = FORM.matcher(text);
    return form.matches() ? new EventId(form.group(1), Long.parseLong(form.group(2))) : null;
  }

  @Override
  public String toString() {
    return instance + "-" + number;
  }
}

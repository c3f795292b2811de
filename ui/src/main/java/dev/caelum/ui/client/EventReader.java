package dev.caelum.ui.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Splits a {@code text/event-stream} into its events. One thread reads. */
final class EventReader {
  /** A snapshot of 2,300 machines is well below this many bytes. */
  private static final int MAX_LINE = 32 << 20;

  private final InputStream in;
  private final Runnable onLine;
  private final byte[] read = new byte[16 << 10];
  private int next;
  private int end;

  /** One raw event; {@code id} is null when the stream gave none. */
  record RawEvent(@Nullable String id, String name, String data) {}

  /**
   * @param onLine told of every line, comments too: the sign that the node lives
   */
  EventReader(InputStream in, Runnable onLine) {
    this.in = in;
    this.onLine = onLine;
  }

  /** The next event that has data; null at the end of the stream. */
  @Nullable RawEvent next() throws IOException {
    String id = null;
    String name = "message";
    StringBuilder data = new StringBuilder();
    while (true) {
      String line = line();
      if (line == null) {
        return null;
      }
      onLine.run();
      if (line.isEmpty()) {
        if (!data.isEmpty()) {
          return new RawEvent(id, name, data.toString());
        }
        name = "message";
      } else if (line.startsWith("data:")) {
        data.append(data.isEmpty() ? "" : "\n").append(value(line));
      } else if (line.startsWith("event:")) {
        name = value(line);
      } else if (line.startsWith("id:")) {
        id = value(line);
      }
    }
  }

  private static String value(String line) {
    String value = line.substring(line.indexOf(':') + 1);
    return value.startsWith(" ") ? value.substring(1) : value;
  }

  private @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    while (fill()) {
      int from = next;
      while (next < end && read[next] != '\n') {
        next++;
      }
      if (line.size() + next - from > MAX_LINE) {
        throw new IOException("a line of the event stream exceeds " + MAX_LINE + " bytes");
      }
      line.write(read, from, next - from);
      if (next < end) {
        next++;
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
      }
    }
    return null;
  }

  /** Waits for bytes unless there are some; false at the end of the stream. */
  private boolean fill() throws IOException {
    if (next == end) {
      end = Math.max(0, in.read(read));
      next = 0;
    }
    return next < end;
  }
}

package dev.caelum.work;

import dev.caelum.task.TaskError;
import dev.caelum.task.TaskSpec;
import dev.caelum.task.WorkMessage.Ending;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What node and child process say to each other: binary, each text with its length, bounded. */
final class ChildWire {
  /** UTF-8 bytes of the longest text: a payload of characters that take three. */
  private static final int LONGEST = 3 * TaskSpec.PAYLOAD_LIMIT + 64;

  private static final int PROGRESS = 1;
  private static final int END = 2;

  private ChildWire() {}

  /** One task for the child. */
  record Order(String type, String task, long epoch, String payload) {}

  /** What the child says. */
  sealed interface Word {
    record Progress(int percent, @Nullable String note) implements Word {}

    record End(Ending ending, @Nullable String result, @Nullable TaskError error) implements Word {}
  }

  static void writeSettings(DataOutputStream out, String settings) throws IOException {
    text(out, settings);
    out.flush();
  }

  static String readSettings(DataInputStream in) throws IOException {
    return required(in);
  }

  static void writeOrder(DataOutputStream out, Order order) throws IOException {
    text(out, order.type());
    text(out, order.task());
    out.writeLong(order.epoch());
    text(out, order.payload());
    out.flush();
  }

  static Order readOrder(DataInputStream in) throws IOException {
    return new Order(required(in), required(in), in.readLong(), required(in));
  }

  static void writeProgress(DataOutputStream out, int percent, @Nullable String note)
      throws IOException {
    synchronized (out) {
      out.writeByte(PROGRESS);
      out.writeInt(percent);
      text(out, note);
      out.flush();
    }
  }

  static void writeEnd(
      DataOutputStream out, Ending ending, @Nullable String result, @Nullable TaskError error)
      throws IOException {
    synchronized (out) {
      out.writeByte(END);
      text(out, ending.name());
      text(out, result);
      text(out, error == null ? null : error.code());
      text(out, error == null ? null : error.text());
      out.flush();
    }
  }

  /** Reads what the child says; whatever is not of this protocol is an error. */
  static Word readWord(DataInputStream in) throws IOException {
    int kind = in.readUnsignedByte();
    if (kind == PROGRESS) {
      int percent = in.readInt();
      return new Word.Progress(Math.clamp(percent, -1, 100), InsideRunner.note(text(in)));
    }
    if (kind != END) {
      throw new IOException("not of the protocol");
    }
    Ending ending;
    try {
      ending = Ending.valueOf(required(in));
    } catch (IllegalArgumentException e) {
      throw new IOException("not of the protocol", e);
    }
    String result = text(in);
    String code = text(in);
    String why = text(in);
    TaskError error = code == null || why == null ? null : InsideRunner.error(code, why);
    return new Word.End(ending, result, error);
  }

  private static void text(DataOutputStream out, @Nullable String text) throws IOException {
    byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(text == null ? -1 : bytes.length);
    out.write(bytes);
  }

  private static String required(DataInputStream in) throws IOException {
    String text = text(in);
    if (text == null) {
      throw new IOException("a text is missing");
    }
    return text;
  }

  private static @Nullable String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      return null;
    }
    if (length > LONGEST) {
      throw new IOException("a text of " + length + " bytes");
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the end of the stream within a text");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}

package dev.caelum.work;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** A handler of a third party that does what no handler should; its payload says what. */
public final class WildHandler implements TaskHandler {
  /** For {@link java.util.ServiceLoader}. */
  public WildHandler() {}

  @Override
  public String type() {
    return "wild";
  }

  @Override
  public String run(TaskContext context) throws TaskFailed, InterruptedException {
    switch (context.payload()) {
      case "hang" -> {
        while (true) {
          try {
            Thread.sleep(1_000_000);
          } catch (InterruptedException ignored) {
            // It does not want to stop.
          }
        }
      }
      case "allocate" -> {
        List<byte[]> all = new ArrayList<>();
        while (true) {
          all.add(new byte[1 << 20]);
          context.progress(-1, all.size() + " MiB");
        }
      }
      case "print" -> {
        for (int i = 0; i < 200_000; i++) {
          System.out.println("flood flood flood flood flood flood flood flood");
        }
      }
      case "progress" -> {
        while (true) {
          context.progress(50, "wild");
        }
      }
      case "raw" -> {
        try (OutputStream raw = new FileOutputStream(FileDescriptor.out)) {
          while (true) {
            raw.write(new byte[1 << 16]);
          }
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      }
      case "exit" -> System.exit(7);
      case "throw" -> throw new IllegalStateException("boom");
      case "fail" -> throw new TaskFailed("sad", "It cannot be.", false);
      case "large" -> {
        return "\"" + "x".repeat(300_000) + "\"";
      }
      case "deep" -> deep(1);
      default -> {}
    }
    long pid = ProcessHandle.current().pid();
    return "{\"pid\":" + pid + ",\"environment\":" + System.getenv().size() + "}";
  }

  private static int deep(int depth) {
    return depth < 0 ? 0 : deep(depth + 1) + 1;
  }
}

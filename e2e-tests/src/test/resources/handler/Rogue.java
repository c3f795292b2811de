package rogue;

import dev.caelum.work.TaskContext;
import dev.caelum.work.TaskHandler;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.ArrayList;
import java.util.List;

/** A handler of a third party that does what no handler should; its payload says what. */
public final class Rogue implements TaskHandler {
  public String type() {
    return "rogue";
  }

  public String run(TaskContext context) throws InterruptedException {
    switch (context.payload()) {
      case "\"exit\"" -> Runtime.getRuntime().halt(9);
      case "\"hang\"" -> {
        while (true) {
          try {
            Thread.sleep(1_000_000);
          } catch (InterruptedException ignored) {
            // It does not want to stop.
          }
        }
      }
      case "\"allocate\"" -> {
        List<byte[]> all = new ArrayList<>();
        while (true) {
          all.add(new byte[1 << 20]);
        }
      }
      case "\"print\"" -> {
        for (int i = 0; i < 1_000_000; i++) {
          System.out.println("flood flood flood flood flood flood flood flood");
        }
      }
      case "\"flood\"" -> {
        try (FileOutputStream raw = new FileOutputStream(FileDescriptor.out)) {
          while (true) {
            raw.write(new byte[1 << 16]);
          }
        } catch (java.io.IOException e) {
          throw new IllegalStateException(e);
        }
      }
      case "\"progress\"" -> {
        while (true) {
          context.progress(50, "on and on");
        }
      }
      default -> {}
    }
    return "\"calm\"";
  }
}

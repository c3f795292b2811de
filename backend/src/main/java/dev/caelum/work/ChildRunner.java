package dev.caelum.work;

import dev.caelum.task.TaskError;
import dev.caelum.task.TaskSpec;
import dev.caelum.task.WorkMessage.Ending;
import dev.caelum.task.WorkMessage.Order;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs attempts in processes of their own, one attempt at a time each, and keeps idle ones for the
 * next. A process is ended, not asked, when its attempt is; so whatever its handler does costs a
 * slot, not the node.
 */
final class ChildRunner implements Runner {
  private static final Logger LOG = Logger.getLogger(ChildRunner.class.getName());

  /** Idle processes are kept for as many slots. */
  private static final int IDLE = 4;

  /** Words of progress a second beyond which a handler counts as gone wild. */
  private static final int WORDS_PER_SECOND = 5_000;

  private final List<String> command;
  private final String settings;
  private final Deque<Child> idle = new ArrayDeque<>();
  private final List<Child> busy = new ArrayList<>();
  private boolean closed;

  /**
   * @param heapMib heap of a process
   * @param jars more for its class path
   */
  ChildRunner(int heapMib, ChildSettings settings, List<Path> jars) {
    this.settings = settings.write();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    this.command =
        List.of(
            java,
            "-Xmx" + heapMib + "m",
            "-Xss1m",
            "-XX:MaxMetaspaceSize=128m",
            "-XX:MaxDirectMemorySize=" + Math.max(16, heapMib / 4) + "m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-Djdk.serialFilter=!*",
            "-Djava.awt.headless=true",
            "-cp",
            classPath(jars),
            ChildMain.class.getName());
  }

  /** With absolute entries, since the child runs in another folder. */
  private static String classPath(List<Path> jars) {
    String all = System.getProperty("java.class.path", "");
    List<String> entries = new ArrayList<>();
    for (String entry : all.split(File.pathSeparator, -1)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    jars.forEach(jar -> entries.add(jar.toAbsolutePath().toString()));
    return String.join(File.pathSeparator, entries);
  }

  @Override
  public Run begin(Order order, Reports reports) {
    Attempted attempt = new Attempted(order, reports);
    Thread.ofVirtual().name("task " + order.task()).start(attempt::run);
    return attempt::halt;
  }

  private synchronized @Nullable Child take() throws IOException {
    if (closed) {
      return null;
    }
    Child child = idle.poll();
    while (child != null && !child.alive()) {
      child = idle.poll();
    }
    if (child == null) {
      child = Child.start(command, settings);
    }
    busy.add(child);
    return child;
  }

  private synchronized void giveBack(Child child, boolean sound) {
    busy.remove(child);
    if (sound && !closed && idle.size() < IDLE) {
      idle.add(child);
    } else {
      child.kill();
    }
  }

  @Override
  public void close() {
    List<Child> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(idle);
      all.addAll(busy);
      idle.clear();
    }
    all.forEach(Child::kill);
  }

  private final class Attempted {
    private final Order order;
    private final Reports reports;
    private @Nullable Child child;
    private boolean halted;

    Attempted(Order order, Reports reports) {
      this.order = order;
      this.reports = reports;
    }

    /** The reader of the dead process reports the end. */
    synchronized void halt() {
      halted = true;
      Child now = child;
      if (now != null) {
        now.kill();
      }
    }

    private synchronized boolean has(@Nullable Child now) {
      child = now;
      return !halted;
    }

    void run() {
      Child mine;
      try {
        mine = take();
      } catch (IOException e) {
        LOG.log(Level.WARNING, "A process for tasks could not be started", e);
        ended(Ending.FAILED, null, "process", "No process could be started: " + e.getMessage());
        return;
      }
      if (mine == null) {
        ended(Ending.FAILED, null, "stopped", "The node is stopping.");
        return;
      }
      boolean sound = false;
      ChildWire.Word.End end = null;
      String why = "";
      try {
        if (has(mine)) {
          mine.give(order);
          end = listen(mine);
          sound = true;
        }
      } catch (IOException e) {
        why = mine.end(e);
      } finally {
        has(null);
        giveBack(mine, sound);
      }
      if (end == null) {
        boolean memory = why.contains("memory");
        ended(Ending.FAILED, null, memory ? "memory" : "process", why);
        return;
      }
      reports.ended(end.ending(), end.result(), end.error());
    }

    private ChildWire.Word.End listen(Child mine) throws IOException {
      long second = System.nanoTime();
      int words = 0;
      while (true) {
        switch (mine.hear()) {
          case ChildWire.Word.Progress(int percent, String note) -> {
            if (System.nanoTime() - second > 1_000_000_000L) {
              second = System.nanoTime();
              words = 0;
            }
            if (++words > WORDS_PER_SECOND) {
              throw new IOException("It told its progress thousands of times a second.");
            }
            // One of many is enough: the worker tells at most two a second.
            if (words <= 20) {
              reports.progress(percent, note);
            }
          }
          case ChildWire.Word.End end -> {
            String result = end.result();
            if (result != null && result.length() > TaskSpec.PAYLOAD_LIMIT) {
              throw new IOException("Its result is longer than 256 Ki characters.");
            }
            return end;
          }
        }
      }
    }

    private void ended(Ending ending, @Nullable String result, String code, String text) {
      TaskError error = InsideRunner.error(code, text);
      reports.ended(ending, result, error);
    }
  }
}

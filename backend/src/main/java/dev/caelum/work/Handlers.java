package dev.caelum.work;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which types of tasks can run here, and what runs them. */
public final class Handlers implements AutoCloseable {
  private final Map<String, Runner> runners = new HashMap<>();
  private final List<Runner> all = new ArrayList<>();
  private final List<String> types;

  /**
   * The shipped ones.
   *
   * @param more that run in this process too
   * @param heapMib heap of each process that runs the others
   * @param roots the only folders whose files are read
   * @param ai {@code HOST:PORT} of the model server
   * @param jars with handlers of others
   */
  public static Handlers shipped(
      List<TaskHandler> more, int heapMib, List<Path> roots, String ai, List<Path> jars) {
    ChildSettings settings = new ChildSettings(roots, ai);
    List<TaskHandler> inside = new ArrayList<>(more);
    inside.addAll(List.of(new EchoHandler(), new SleepHandler(), new HashHandler()));
    return new Handlers(
        inside,
        new ChildRunner(heapMib, settings, jars),
        ChildHandlers.types(settings.write(), jars));
  }

  /**
   * @param inside run in this process
   * @param outside runs the other types, in processes of their own
   * @param outsideTypes which those are
   */
  Handlers(List<TaskHandler> inside, Runner outside, Set<String> outsideTypes) {
    Map<String, TaskHandler> byType = new HashMap<>();
    inside.forEach(handler -> byType.put(handler.type(), handler));
    Runner here = new InsideRunner(byType);
    outsideTypes.forEach(type -> runners.put(type, outside));
    byType.keySet().forEach(type -> runners.put(type, here));
    all.add(here);
    all.add(outside);
    types = runners.keySet().stream().sorted().toList();
  }

  /** All types, sorted. */
  public List<String> types() {
    return types;
  }

  Runner runner(String type) {
    Runner runner = runners.get(type);
    if (runner == null) {
      throw new IllegalArgumentException("no handler of " + type);
    }
    return runner;
  }

  @Override
  public void close() {
    all.forEach(Runner::close);
  }
}

package dev.caelum.e2e.bench;

import dev.caelum.e2e.lan.Lab;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Measures packaged nodes and prints Markdown tables.
 *
 * <p>To be run by {@code e2e-tests/src/test/lab/bin/java}, so in namespaces of its own; arguments:
 * the name of a measurement and, when wanted, the number of its runs and the systems to compare.
 */
public final class Bench {
  /** One measurement: makes its labs with {@code labs} and returns lines of Markdown. */
  interface Measurement {
    List<String> run(Labs labs, int runs) throws Exception;
  }

  /** Makes labs, each in a folder of its own; those left open end with this JVM. */
  interface Labs {
    Lab next() throws Exception;
  }

  private record Entry(Measurement measurement, int runs) {}

  private static final Map<String, Entry> MEASUREMENTS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("start", new Entry(Meeting::start, 20)),
              Map.entry("simultaneous", new Entry(Meeting::simultaneous, 20)),
              Map.entry("join", new Entry(Meeting::join, 30)),
              Map.entry("kill", new Entry(Meeting::kill, 20)),
              Map.entry("pull", new Entry(Meeting::pull, 5)),
              Map.entry(
                  "flood",
                  new Entry((labs, seconds) -> Flood.run(labs.next(), seconds).table(), 60)),
              Map.entry(
                  "sse",
                  new Entry((labs, seconds) -> Streams.many(labs.next(), seconds).table(), 30)),
              Map.entry(
                  "sse-crowd",
                  new Entry((labs, seconds) -> Streams.crowd(labs.next(), seconds).table(), 45)),
              Map.entry("events", new Entry(Streams::growth, 20)),
              Map.entry(
                  "dashboard",
                  new Entry((labs, machines) -> DashboardLoad.run(labs.next(), machines), 1_000)),
              Map.entry("dashboard-lone", new Entry(LoneChange::run, 40)),
              Map.entry("known", new Entry(Footprint::run, 22)),
              Map.entry(
                  "rss", new Entry((labs, seconds) -> Idle.run(labs.next(), seconds).table(), 300)),
              Map.entry("work", new Entry(WorkTimes::run, 50_000)),
              Map.entry(
                  "tasks", new Entry((labs, count) -> TaskSoak.alone(labs.next(), count), 100_000)),
              Map.entry(
                  "tasks-postgres",
                  new Entry((labs, count) -> TaskSoak.shared(labs.next(), count), 100_000))));

  private Bench() {}

  public static void main(String[] args) throws Exception {
    String name = args.length > 0 ? args[0] : "";
    Set<Peers.Measure> compared = Peers.named(name);
    Entry entry = compared.isEmpty() ? MEASUREMENTS.get(name) : compared(compared, args);
    if (entry == null) {
      System.err.println("no such measurement; ./caelum bench --help lists them");
      System.exit(2);
      return;
    }
    int runs = args.length > 1 ? Integer.parseInt(args[1]) : entry.runs();
    Path folder = Path.of("target", "bench", name + "-" + System.currentTimeMillis());
    int[] number = {0};
    List<String> lines =
        entry
            .measurement()
            .run(() -> new Lab(folder.resolve("lab" + number[0]++).toAbsolutePath()), runs);
    lines.forEach(System.out::println);
  }

  /** The comparison that the arguments ask for; ends this program when it cannot be made. */
  private static Entry compared(Set<Peers.Measure> measures, String[] args) {
    List<PeerKind> kinds = PeerKind.named(args.length > 2 ? args[2] : "");
    if (args.length > 2 && kinds.size() != args[2].split(",", -1).length) {
      System.err.println("no such systems: " + args[2] + "; ./caelum bench --help lists them");
      System.exit(2);
    }
    String missing = PeerKind.missing(kinds);
    if (!missing.isEmpty()) {
      System.err.println("serf is missing; install it with:  " + missing);
      System.exit(3);
    }
    return new Entry((labs, runs) -> Peers.run(labs, measures, runs, kinds), 30);
  }
}

package dev.caelum.cluster.sim;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Figures of large clusters in virtual time, as lines of a Markdown table. Arguments: the name of a
 * measurement, the number of nodes, and the number of runs or seconds.
 */
public final class Figures {
  private static final long SECOND = World.SECOND;
  private static final long MILLI = World.MILLI;

  private final Large large;
  private final int count;

  /** How many alive rows each node has, its own among them. */
  private final Map<Node, Integer> alive = new HashMap<>();

  private Figures(int count) {
    this.count = count;
    this.large = new Large(count, count, 5 * MILLI);
    large.world.witness = this::saw;
  }

  private void saw(Node node, ClusterEvent event) {
    if (event instanceof ClusterEvent.MemberChanged(Member member, MemberState was)) {
      int before = was == MemberState.ALIVE ? 1 : 0;
      int now = member.state() == MemberState.ALIVE ? 1 : 0;
      if (now != before) {
        alive.merge(node, now - before, Integer::sum);
      }
    }
  }

  /** Measures what {@code args} name and prints the line. */
  public static void main(String[] args) throws IOException {
    if (args.length < 2) {
      System.err.println("which measurement, of how many nodes? See ./caelum bench --help");
      System.exit(2);
    }
    if (args[0].equals("swim")) {
      PlainSwim.main(new String[] {args[1], args.length > 2 ? args[2] : "60", "3"});
      return;
    }
    int count = Integer.parseInt(args[1]);
    int runs = args.length > 2 ? Integer.parseInt(args[2]) : 30;
    Figures figures = new Figures(count);
    if (!args[0].equals("idle")) {
      System.out.println("| what | nodes | runs | p50 ms | p95 ms | most ms |");
      System.out.println("|---|---|---|---|---|---|");
    }
    switch (args[0]) {
      case "cold" -> figures.cold(args[0]);
      case "kill", "pull", "leave" -> figures.gone(args[0], runs);
      case "join" -> figures.join(runs);
      case "halves" -> figures.halves(runs);
      case "idle" -> figures.idle(runs);
      case "loss", "pauses" -> figures.falseDeaths(args[0], runs);
      default -> throw new IllegalArgumentException("no measurement " + args[0]);
    }
  }

  private boolean whole() {
    long running = large.nodes.stream().filter(node -> node.running).count();
    return large.nodes.stream()
        .filter(node -> node.running)
        .allMatch(node -> alive.getOrDefault(node, 0) == running);
  }

  private long millisUntilWhole(long limit) {
    for (long millis = 0; millis < limit; millis += 10) {
      if (whole()) {
        return millis;
      }
      large.world.run(10 * MILLI);
    }
    return limit;
  }

  private void settle() {
    millisUntilWhole(120_000);
    large.world.run(90 * SECOND);
  }

  /** What settled nodes send. */
  private void idle(int seconds) throws IOException {
    settle();
    new IdleTraffic(count).measure(large.world, seconds).forEach(System.out::println);
  }

  private void cold(String name) {
    // From the last one that starts.
    large.world.run(5 * MILLI);
    long millis = millisUntilWhole(120_000);
    print(name, List.of(millis));
  }

  private Node restart(Node victim) {
    large.world.powerOn(victim.host);
    Node next = new Node(large.world, victim.id.value(), victim.host, 8080, null);
    large.nodes.remove(victim);
    alive.remove(victim);
    large.nodes.add(next);
    next.start();
    return next;
  }

  /** Until all that run know that one is gone. */
  private void gone(String how, int runs) {
    settle();
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      Node victim = large.nodes.get(large.world.random().nextInt(large.nodes.size()));
      Set<Node> know = new HashSet<>();
      BiPredicate<Node, ClusterEvent> knows =
          (node, event) ->
              event instanceof ClusterEvent.MemberChanged(Member member, MemberState was)
                  && victim.instance.equals(member.instance())
                  && (member.state() == MemberState.DEAD || member.state() == MemberState.LEFT);
      large.world.witness =
          (node, event) -> {
            saw(node, event);
            if (knows.test(node, event)) {
              know.add(node);
            }
          };
      switch (how) {
        case "kill" -> victim.kill();
        case "pull" -> victim.powerOff();
        default -> victim.stop();
      }
      long millis = 0;
      for (; millis < 60_000 && know.size() < count - 1; millis += 10) {
        large.world.run(10 * MILLI);
      }
      times.add(millis);
      if (millis >= 60_000) {
        large.nodes.stream()
            .filter(node -> node != victim && !know.contains(node))
            .limit(3)
            .forEach(node ->
                node.core.snapshot().members().stream()
                    .filter(member -> member.id().equals(victim.id))
                    .forEach(
                        member -> System.out.println("  " + node + " does not know: " + member)));
      }
      large.world.run(SECOND);
      restart(victim);
      if (millisUntilWhole(60_000) >= 60_000) {
        System.out.println("  not whole after the return of " + victim);
      }
      large.world.run(3 * SECOND + large.world.random().nextLong(SECOND));
    }
    print(how, times);
  }

  /** Until all know of a new node. */
  private void join(int runs) {
    settle();
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      Node next =
          new Node(
              large.world, "new%04d".formatted(i), large.world.host(count + i + 1), 8080, null);
      large.nodes.add(next);
      next.start();
      times.add(millisUntilWhole(60_000));
      large.world.run(2 * SECOND);
    }
    print("join", times);
  }

  private void halves(int runs) {
    settle();
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      List<Node> nodes = large.nodes;
      large.world.cut(nodes.subList(0, count / 2), nodes.subList(count / 2, count));
      large.world.run(90 * SECOND);
      long seen = alive.getOrDefault(nodes.getFirst(), 0);
      large.world.heal(90 * SECOND);
      long millis = millisUntilWhole(120_000);
      times.add(millis);
      System.out.println("  while apart the first saw " + seen + " alive");
      large.world.run(60 * SECOND);
      long rows =
          nodes.stream().filter(node -> node.core.snapshot().members().size() != count).count();
      System.out.println("  nodes with a ghost or duplicate afterwards: " + rows);
    }
    print("halves", times);
  }

  private void falseDeaths(String how, int seconds) {
    settle();
    World world = large.world;
    long[] deaths = new long[3];
    Map<Node, Long> resumedAt = new HashMap<>();
    Map<Object, Node> byInstance = new HashMap<>();
    large.nodes.forEach(node -> byInstance.put(node.instance, node));
    world.witness =
        (node, event) -> {
          saw(node, event);
          if (event instanceof ClusterEvent.Suspected) {
            deaths[2]++;
          }
          if (event instanceof ClusterEvent.Died(Member member, String why)) {
            Node dead = byInstance.get(member.instance());
            if (dead != null && dead.running && !dead.paused) {
              Long resumed = resumedAt.get(dead);
              boolean late = resumed != null && world.now() - resumed < 2 * SECOND;
              deaths[late ? 1 : 0]++;
              if (!late && deaths[0] < 5) {
                System.out.println("  " + node + " took " + dead + " for dead: " + why);
              }
            }
          }
        };
    if (how.equals("loss")) {
      world.weather = new World.Weather(0.1, 0, MILLI / 5, 2 * MILLI, 0.1, 1);
    } else {
      for (int i = 0; i < count / 20; i++) {
        pauseOne(resumedAt);
      }
    }
    long began = System.nanoTime();
    for (int minute = 0; minute < seconds; minute += 60) {
      world.run(Math.min(60, seconds - minute) * SECOND);
      System.err.printf(
          Locale.ROOT, "%d s: %d false deaths%n", Math.min(seconds, minute + 60), deaths[0]);
    }
    System.out.printf(
        Locale.ROOT,
        "| %s, %d nodes, %d s | false deaths %d, within 2 s of a resume %d, suspicions told %d | %d s real |%n",
        how,
        count,
        seconds,
        deaths[0],
        deaths[1],
        deaths[2],
        (System.nanoTime() - began) / 1_000_000_000);
  }

  /** Pauses a random node for 5 to 30 s, and then another. */
  private void pauseOne(Map<Node, Long> resumedAt) {
    World world = large.world;
    Node node;
    do {
      node = large.nodes.get(world.random().nextInt(large.nodes.size()));
    } while (node.paused);
    Node victim = node;
    victim.pause();
    world.after(
        world.random().nextLong(5 * SECOND, 30 * SECOND),
        () -> {
          resumedAt.put(victim, world.now());
          victim.resume();
          pauseOne(resumedAt);
        });
  }

  private void print(String name, List<Long> times) {
    long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %d | %d | %d | %d |%n",
        name,
        count,
        sorted.length,
        at(sorted, 0.5),
        at(sorted, 0.95),
        at(sorted, 1));
  }

  private static long at(long[] sorted, double share) {
    return sorted[Math.clamp((int) Math.ceil(share * sorted.length) - 1, 0, sorted.length - 1)];
  }
}

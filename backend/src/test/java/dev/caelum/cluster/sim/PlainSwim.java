package dev.caelum.cluster.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * SWIM as first published (Das, Gupta, Motivala 2002, with suspicion), for comparison: one probe a
 * second, 500 ms, three indirect probes, a fixed suspicion, news by piggyback on probes only. It
 * shows how hard a scenario is. Nothing of the product is in it.
 */
final class PlainSwim {
  private static final long MILLI = World.MILLI;
  private static final long SECOND = World.SECOND;
  private static final int RIDERS = 8;

  /** What one node believes of another. */
  private static final class Belief {
    int incarnation;
    char state = 'A';
  }

  private record News(int about, char state, int incarnation) {}

  private record Event(long at, long serial, int node, Runnable work) {}

  private static final class Node {
    final Map<Integer, Belief> beliefs = new HashMap<>();
    final Map<Integer, int[]> rides = new HashMap<>();
    final List<Event> backlog = new ArrayList<>();
    int incarnation;
    boolean paused;
    List<Integer> order = new ArrayList<>();
    int next;
    int probing = -1;
    boolean acked;
  }

  private final PriorityQueue<Event> queue =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::serial));
  private final SplittableRandom random;
  private final Node[] nodes;
  private final double loss;
  private final long suspicion;
  private long now;
  private long serial;
  private long falseDeaths;

  /**
   * @param suspicion nanoseconds that a suspect has to refute; 0 for SWIM without suspicion
   */
  PlainSwim(long seed, int count, double loss, long suspicion) {
    this.random = new SplittableRandom(seed);
    this.nodes = new Node[count];
    this.loss = loss;
    this.suspicion = suspicion;
    for (int i = 0; i < count; i++) {
      nodes[i] = new Node();
      int self = i;
      after(i, random.nextLong(SECOND), () -> period(self));
    }
  }

  /** False deaths that any node declared in {@code nanos}; of nodes neither down nor paused. */
  long run(long nanos, int pausedAtOnce) {
    for (int i = 0; i < pausedAtOnce; i++) {
      pauseOne();
    }
    while (!queue.isEmpty() && queue.peek().at() <= nanos) {
      Event event = queue.remove();
      now = event.at();
      if (event.node() >= 0 && nodes[event.node()].paused) {
        nodes[event.node()].backlog.add(event);
      } else {
        event.work().run();
      }
    }
    return falseDeaths;
  }

  private void after(int node, long nanos, Runnable work) {
    queue.add(new Event(now + nanos, serial++, node, work));
  }

  private void pauseOne() {
    int victim = random.nextInt(nodes.length);
    if (nodes[victim].paused) {
      pauseOne();
      return;
    }
    nodes[victim].paused = true;
    after(
        -1,
        random.nextLong(5 * SECOND, 30 * SECOND),
        () -> {
          Node node = nodes[victim];
          node.paused = false;
          // What was due while it slept is done first, in its order, as a process does it.
          List<Event> backlog = List.copyOf(node.backlog);
          node.backlog.clear();
          backlog.forEach(event -> event.work().run());
          pauseOne();
        });
  }

  private void send(int to, Runnable arrives) {
    if (random.nextDouble() >= loss) {
      after(to, random.nextLong(MILLI / 5, 2 * MILLI), arrives);
    }
  }

  private Belief belief(int at, int of) {
    return nodes[at].beliefs.computeIfAbsent(of, key -> new Belief());
  }

  private void period(int self) {
    after(self, SECOND, () -> period(self));
    Node node = nodes[self];
    int target = next(self);
    node.probing = target;
    node.acked = false;
    probe(self, target, () -> node.acked |= node.probing == target);
    after(
        self,
        SECOND / 2,
        () -> {
          if (!node.acked && node.probing == target) {
            for (int i = 0; i < 3; i++) {
              int relay = random.nextInt(nodes.length);
              if (relay != self && relay != target) {
                send(
                    relay,
                    () ->
                        probe(
                            relay,
                            target,
                            () -> send(self, () -> node.acked |= node.probing == target)));
              }
            }
          }
        });
    after(
        self,
        SECOND - 1,
        () -> {
          if (!node.acked && node.probing == target) {
            hear(self, new News(target, 'S', belief(self, target).incarnation));
          }
        });
  }

  private int next(int self) {
    Node node = nodes[self];
    while (true) {
      if (node.next >= node.order.size()) {
        node.order = new ArrayList<>();
        for (int i = 0; i < nodes.length; i++) {
          if (i != self) {
            node.order.add(random.nextInt(node.order.size() + 1), i);
          }
        }
        node.next = 0;
      }
      int candidate = node.order.get(node.next++);
      if (belief(self, candidate).state != 'D') {
        return candidate;
      }
    }
  }

  private void probe(int from, int to, Runnable onAck) {
    List<News> there = riders(from, to);
    send(
        to,
        () -> {
          there.forEach(news -> hear(to, news));
          List<News> back = riders(to, from);
          send(
              from,
              () -> {
                back.forEach(news -> hear(from, news));
                onAck.run();
              });
        });
  }

  private List<News> riders(int from, int to) {
    Node node = nodes[from];
    List<News> out = new ArrayList<>();
    Belief ofReceiver = belief(from, to);
    if (ofReceiver.state == 'S') {
      out.add(new News(to, 'S', ofReceiver.incarnation));
    }
    node.rides.entrySet().stream()
        .sorted(Comparator.comparingInt(entry -> -entry.getValue()[0]))
        .limit(RIDERS)
        .toList()
        .forEach(entry -> {
          int about = entry.getKey();
          Belief belief = about == from ? null : belief(from, about);
          out.add(
              belief == null
                  ? new News(about, 'A', node.incarnation)
                  : new News(about, belief.state, belief.incarnation));
          if (--entry.getValue()[0] <= 0) {
            node.rides.remove(about);
          }
        });
    return out;
  }

  private void spread(int self, int about) {
    int rides = 3 * (int) Math.ceil(Math.log(nodes.length) / Math.log(2));
    nodes[self].rides.put(about, new int[] {rides});
  }

  private void hear(int self, News news) {
    if (news.about() == self) {
      if (news.state() != 'A' && news.incarnation() >= nodes[self].incarnation) {
        nodes[self].incarnation = news.incarnation() + 1;
        spread(self, self);
      }
      return;
    }
    Belief belief = belief(self, news.about());
    int order = "ASD".indexOf(news.state()) - "ASD".indexOf(belief.state);
    boolean newer = news.incarnation() > belief.incarnation;
    boolean beats = newer || (news.incarnation() == belief.incarnation && order > 0);
    if (!beats || (belief.state == 'D' && !newer)) {
      return;
    }
    belief.incarnation = news.incarnation();
    belief.state = news.state();
    spread(self, news.about());
    if (news.state() == 'S') {
      after(self, suspicion, () -> expire(self, news.about(), news.incarnation()));
    }
  }

  private void expire(int self, int about, int incarnation) {
    Belief belief = belief(self, about);
    if (belief.state == 'S' && belief.incarnation == incarnation) {
      belief.state = 'D';
      spread(self, about);
      if (!nodes[about].paused) {
        falseDeaths++;
      }
    }
  }

  public static void main(String[] args) {
    int count = Integer.parseInt(args[0]);
    long seconds = Long.parseLong(args[1]);
    long suspicion = (long) (Math.max(1, Math.log10(count)) * Double.parseDouble(args[2]) * SECOND);
    System.out.println(
        "plain SWIM, %d nodes, %d s, suspicion %.1f s: 10 %% loss: %d false deaths; pauses: %d"
            .formatted(
                count,
                seconds,
                suspicion / 1e9,
                new PlainSwim(1, count, 0.1, suspicion).run(seconds * SECOND, 0),
                new PlainSwim(1, count, 0, suspicion).run(seconds * SECOND, count / 20)));
  }
}

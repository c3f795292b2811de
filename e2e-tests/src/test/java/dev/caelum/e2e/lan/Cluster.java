package dev.caelum.e2e.lan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Some nodes of one lab that belong together, and their feeds. */
public final class Cluster {
  static final Duration MEET = Duration.ofSeconds(15);

  private final List<NodeProcess> nodes = new ArrayList<>();
  private final Map<NodeProcess, NodeFeed> feeds = new LinkedHashMap<>();

  /** Starts {@code count} nodes at once on new hosts of {@code lab} and waits until they answer. */
  public static Cluster start(Lab lab, int count) throws IOException, InterruptedException {
    Cluster cluster = new Cluster();
    for (Host host : lab.hosts(count)) {
      cluster.nodes.add(NodeProcess.start(host));
    }
    for (NodeProcess node : cluster.nodes) {
      cluster.follow(node.ready());
    }
    return cluster;
  }

  /** Starts {@code count} nodes at once and waits until all see all. */
  static Cluster met(Lab lab, int count) throws IOException, InterruptedException {
    Cluster cluster = start(lab, count);
    cluster.awaitAllMet(MEET);
    return cluster;
  }

  /** Adds a running node. */
  public NodeFeed add(NodeProcess node) throws IOException, InterruptedException {
    nodes.add(node);
    return follow(node);
  }

  /** Opens the feed of {@code node} anew, as after its restart. */
  NodeFeed follow(NodeProcess node) throws IOException, InterruptedException {
    NodeFeed feed = node.feed();
    feeds.put(node, feed);
    return feed;
  }

  public NodeProcess node(int index) {
    return nodes.get(index);
  }

  public List<NodeProcess> nodes() {
    return List.copyOf(nodes);
  }

  public NodeFeed feed(NodeProcess node) {
    NodeFeed feed = feeds.get(node);
    if (feed == null) {
      throw new IllegalArgumentException("no feed of " + node.host().name());
    }
    return feed;
  }

  /** The nodes but {@code without}. */
  public List<NodeProcess> others(NodeProcess without) {
    return nodes.stream().filter(node -> !node.equals(without)).toList();
  }

  /** Waits until every node is alive and linked in every node's table: when the last one was. */
  public long awaitAllMet(Duration limit) throws InterruptedException {
    return await("all " + nodes.size() + " nodes alive", limit, nodes, seesAll());
  }

  /** True of a table in which all nodes of this cluster are alive and connected. */
  Predicate<Collection<Row>> seesAll() {
    return rows -> nodes.stream().allMatch(node -> rows.stream().anyMatch(alive(node)));
  }

  /** True of the row of {@code node}, alive and linked, at its present address. */
  private static Predicate<Row> alive(NodeProcess node) {
    return row -> row.alive() && (row.self() ? isSelf(row, node) : row.at(node.address()));
  }

  private static boolean isSelf(Row row, NodeProcess node) {
    return row.hostname().equals(node.host().name());
  }

  /** Waits until {@code watchers} all tell {@code state} of the machine at {@code ip}. */
  public long awaitState(String ip, String state, Duration limit, List<NodeProcess> watchers)
      throws InterruptedException {
    return await(
        ip + " " + state,
        limit,
        watchers,
        rows -> rows.stream().anyMatch(row -> row.at(ip) && row.state().equals(state)));
  }

  /** Waits until {@code condition} holds in the table of each watcher: when the last one met it. */
  public long await(
      String what, Duration limit, List<NodeProcess> watchers, Predicate<Collection<Row>> condition)
      throws InterruptedException {
    long last = Long.MIN_VALUE;
    long end = System.nanoTime() + limit.toNanos();
    for (NodeProcess watcher : watchers) {
      Duration left = Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
      last = Math.max(last, feed(watcher).await(what, left, condition));
    }
    return last;
  }

  /** The first row of {@code node} in the table of the first of the others. */
  Row row(NodeProcess node) {
    return feed(others(node).getFirst()).rows().stream()
        .filter(row -> row.at(node.address()))
        .findFirst()
        .orElseThrow();
  }

  /** Fails when a node told one of {@code states} of another one since its feed was opened. */
  void assertNobodyWas(String... states) {
    for (NodeProcess node : nodes) {
      for (NodeProcess other : others(node)) {
        assertThat(feed(node).statesOf(other.address()))
            .as(node.host().name() + " about " + other.host().name())
            .doesNotContain(states);
      }
    }
  }

  /** The links between the nodes, "A-B" once for each TCP connection, sorted. */
  public List<String> links() {
    List<String> links = new ArrayList<>();
    for (NodeProcess node : nodes) {
      for (String pair : node.host().connections(8080)) {
        String local = pair.substring(0, pair.indexOf(' '));
        String remote = pair.substring(pair.indexOf(' ') + 1);
        if (remote.endsWith(":8080")) {
          var ends = new TreeSet<>(List.of(ip(local), ip(remote)));
          links.add(ends.first() + "-" + ends.last());
        }
      }
    }
    links.sort(null);
    return links;
  }

  private static String ip(String endpoint) {
    return endpoint.substring(0, endpoint.lastIndexOf(':'));
  }
}

package dev.caelum.e2e.bench;

import dev.caelum.e2e.lan.Child;
import dev.caelum.e2e.lan.Host;
import dev.caelum.e2e.lan.NodeProcess;
import dev.caelum.e2e.lan.Row;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One running process of some membership software, and what it sees. */
final class Peer {
  private final Host host;
  private final Views views = new Views();
  private final CountDownLatch joining = new CountDownLatch(1);
  private volatile long joiningNanos;
  private final Child child;

  /** Starts {@code command} on {@code host}; {@code lines} makes views of what it prints. */
  Peer(Host host, String name, List<String> command, Lines lines) throws IOException {
    this.host = host;
    child = host.start(name, command, line -> lines.read(line, this));
  }

  /** Starts a packaged node of ours on {@code host}, and follows its event stream. */
  Peer(Host host) throws IOException {
    this.host = host;
    NodeProcess node = NodeProcess.start(host);
    child = node.child();
    Thread.ofVirtual().name("follow " + host.name()).start(() -> follow(node));
  }

  /** Makes views of what a process prints. */
  interface Lines {
    void read(String line, Peer peer);
  }

  private void follow(NodeProcess node) {
    try {
      node.ready();
      joins(node.readyNanos());
      node.feed().follow((rows, nanos) -> views.add(nanos, present(rows)));
    } catch (IOException | InterruptedException | AssertionError e) {
      // Killed while it started, or broken: whoever waits for its views tells that they stay out.
      System.err.println(host.name() + ": " + e);
    }
  }

  /** A suspect still counts as present, as it does for the others, which do not tell of it. */
  private Set<String> present(Collection<Row> rows) {
    Set<String> present = new TreeSet<>();
    for (Row row : rows) {
      if (row.self()) {
        present.add(host.address());
      } else if (row.state().equals("alive") || row.state().equals("suspect")) {
        present.add(row.address().substring(0, row.address().lastIndexOf(':')));
      }
    }
    return present;
  }

  /** Tells that the process began to join, at {@code nanos}. */
  void joins(long nanos) {
    joiningNanos = nanos;
    joining.countDown();
  }

  Views views() {
    return views;
  }

  Host host() {
    return host;
  }

  String address() {
    return host.address();
  }

  Child child() {
    return child;
  }

  /** When it began to join; the time of its exec when it has not said so within ten seconds. */
  long joiningNanos() throws InterruptedException {
    return joining.await(10, TimeUnit.SECONDS) ? joiningNanos : child.startedNanos();
  }

  /** Reads the lines of {@code dev.caelum.bench.peer.Teller}. */
  static void readTeller(String line, Peer peer) {
    String[] words = line.split(" ", -1);
    switch (words[0]) {
      case "JOINING" -> peer.joins(Long.parseLong(words[1]));
      case "VIEW" -> peer.views.add(Long.parseLong(words[1]), Set.of(words[3].split(",", -1)));
      default -> {}
    }
  }

  /** Reads Serf's log, which has no fine times: a line counts from its arrival. */
  static void readSerf(String line, Peer peer) {
    long now = System.nanoTime();
    String[] words = line.strip().split(" +", -1);
    if (line.endsWith("agent: Serf agent starting")) {
      peer.joins(now);
    } else if (words.length == 7 && words[3].equals("serf:")) {
      switch (words[4]) {
        case "EventMemberJoin:" -> peer.views.change(now, words[6], true);
        case "EventMemberFailed:", "EventMemberLeave:" -> peer.views.change(now, words[6], false);
        default -> {}
      }
    }
  }
}

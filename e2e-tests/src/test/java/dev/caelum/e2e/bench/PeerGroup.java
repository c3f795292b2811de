package dev.caelum.e2e.bench;

import dev.caelum.e2e.lan.Host;
import dev.caelum.e2e.lan.Lab;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Peers of one kind in one lab, each on a host of its own. */
final class PeerGroup {
  private static final int NAMES = 100;

  private final PeerKind kind;
  private final Lab lab;
  private final List<Peer> peers = new ArrayList<>();

  private PeerGroup(PeerKind kind, Lab lab) {
    this.kind = kind;
    this.lab = lab;
  }

  /** Starts {@code count} at once; returns at once. */
  static PeerGroup start(PeerKind kind, Lab lab, int count) throws IOException {
    PeerGroup group = new PeerGroup(kind, lab);
    List<Host> hosts = lab.hosts(count);
    for (Host host : hosts) {
      group.peers.add(group.start(host, others(hosts.stream().map(Host::address).toList(), host)));
    }
    return group;
  }

  /** As on a LAN with names: without its own some libraries do not start. */
  private Peer start(Host host, List<String> others) throws IOException {
    List<String> names = new ArrayList<>(List.of("127.0.0.1 localhost"));
    for (int i = 1; i <= NAMES; i++) {
      names.add("10.32.3." + (10 + i) + " n" + i);
    }
    host.names(names);
    return kind.start(host, others);
  }

  private static List<String> others(List<String> all, Host but) {
    return all.stream().filter(address -> !address.equals(but.address())).toList();
  }

  List<Peer> peers() {
    return List.copyOf(peers);
  }

  List<Peer> others(Peer but) {
    return peers.stream().filter(peer -> !peer.equals(but)).toList();
  }

  /** Starts one more on a new host. */
  Peer add() throws IOException {
    List<String> known = peers.stream().map(Peer::address).toList();
    Peer peer = start(lab.host(), known);
    peers.add(peer);
    return peer;
  }

  /** Forgets {@code peer}, which is gone. */
  void drop(Peer peer) {
    peers.remove(peer);
  }

  /** Ends {@code peer} if need be, and starts a new one on its host, plugged in again. */
  void again(Peer peer) throws IOException, InterruptedException {
    peer.child().kill9();
    if (peer.child().exit(Duration.ofSeconds(10)).isEmpty()) {
      throw new IllegalStateException(peer.address() + " does not end");
    }
    peer.host().unfilter();
    int index = peers.indexOf(peer);
    List<String> known = others(peer).stream().map(Peer::address).toList();
    peers.set(index, start(peer.host(), known));
  }

  /** When the last one saw exactly this group; empty when not within {@code limit}. */
  OptionalLong awaitMet(Duration limit) throws InterruptedException {
    Set<String> all = new TreeSet<>();
    peers.forEach(peer -> all.add(peer.address()));
    return await(peers, all::equals, limit);
  }

  /** When the last other one had removed {@code gone}; empty when not within {@code limit}. */
  OptionalLong awaitGone(Peer gone, Duration limit) throws InterruptedException {
    return await(others(gone), members -> !members.contains(gone.address()), limit);
  }

  private static OptionalLong await(
      List<Peer> watchers, Predicate<Set<String>> condition, Duration limit)
      throws InterruptedException {
    long deadline = Views.in(limit);
    long last = Long.MIN_VALUE;
    for (Peer watcher : watchers) {
      OptionalLong met = watcher.views().await(condition, deadline);
      if (met.isEmpty()) {
        return met;
      }
      last = Math.max(last, met.getAsLong());
    }
    return OptionalLong.of(last);
  }
}

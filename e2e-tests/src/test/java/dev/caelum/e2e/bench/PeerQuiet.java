package dev.caelum.e2e.bench;

import dev.caelum.e2e.bench.Bench.Labs;
import dev.caelum.e2e.lan.Lab;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What peers of one kind wrongly tell on a bad network, and what they cost on a good one. */
final class PeerQuiet {
  private static final int NODES = 5;
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int[] STOP_SECONDS = {5, 30, 10, 20, 15};
  private static final Duration BETWEEN_STOPS = Duration.ofSeconds(10);

  private final Labs labs;
  private final Comparison result;
  private final int runs;

  PeerQuiet(Labs labs, Comparison result, int runs) {
    this.labs = labs;
    this.result = result;
    this.runs = runs;
  }

  private interface Measure {
    void run(PeerGroup group) throws Exception;
  }

  private void with(PeerKind kind, int size, String what, Measure measure) throws Exception {
    try (Lab lab = labs.next()) {
      PeerGroup group = PeerGroup.start(kind, lab, size);
      if (group.awaitMet(LIMIT).isPresent()) {
        measure.run(group);
      } else {
        result.miss(what, "", kind);
      }
    }
  }

  /** Removals of five that all live, while each packet is lost with {@code percent} of 100. */
  void loss(PeerKind kind, int percent) throws Exception {
    int seconds = 2 * runs;
    String what =
        "false removals of 5 in %d s at %d %% loss, all views together".formatted(seconds, percent);
    with(
        kind,
        NODES,
        what,
        group -> {
          long begun = System.nanoTime();
          for (Peer peer : group.peers()) {
            peer.host()
                .filter(
                    "input",
                    "iif lo accept",
                    "ip saddr " + Lab.HERE + " accept",
                    "numgen random mod 100 < " + percent + " drop");
          }
          pause(Duration.ofSeconds(seconds));
          int removals = 0;
          for (Peer peer : group.peers()) {
            removals += peer.views().removals(begun).size();
          }
          result.add(what, "", kind, removals);
        });
  }

  /** Removals of those that run, while one after the other is stopped and goes on. */
  void stop(PeerKind kind) throws Exception {
    int stops = Math.min(runs, STOP_SECONDS.length);
    String what = "false removals of 5, " + stops + " stopped in turn for 5 to 30 s";
    with(
        kind,
        NODES,
        what,
        group -> {
          long begun = System.nanoTime();
          long[] from = new long[NODES];
          long[] to = new long[NODES];
          for (int i = 0; i < stops; i++) {
            from[i] = System.nanoTime();
            group.peers().get(i).child().pause();
            pause(Duration.ofSeconds(STOP_SECONDS[i]));
            group.peers().get(i).child().resume();
            to[i] = System.nanoTime();
            pause(BETWEEN_STOPS);
          }
          int wrong = 0;
          int stopped = 0;
          for (Peer peer : group.peers()) {
            for (Views.Removal removal : peer.views().removals(begun)) {
              int i = index(group, removal.address());
              boolean right = removal.nanos() >= from[i] && removal.nanos() <= to[i];
              wrong += right ? 0 : 1;
              stopped += right ? 1 : 0;
            }
          }
          result.add(what, "", kind, wrong);
          result.add("removals of the stopped while they were", "", kind, stopped);
        });
  }

  private static int index(PeerGroup group, String address) {
    return group.peers().stream().map(Peer::address).toList().indexOf(address);
  }

  /** Bytes that leave and reach each host, and resident memory of each process, in calm. */
  void idle(PeerKind kind, int size) throws Exception {
    int seconds = 2 * runs;
    String what = "of " + size + " idle, ";
    with(
        kind,
        size,
        what + "sent a node",
        group -> {
          pause(Duration.ofSeconds(runs));
          for (Peer peer : group.peers()) {
            count(peer, "output", "ip daddr");
            count(peer, "input", "ip saddr");
          }
          long begun = System.nanoTime();
          pause(Duration.ofSeconds(seconds));
          double elapsed = (System.nanoTime() - begun) / 1e9;
          for (Peer peer : group.peers()) {
            result.add(what + "sent a node", "B/s", kind, bytes(peer, "output") / elapsed);
            result.add(what + "received a node", "B/s", kind, bytes(peer, "input") / elapsed);
            result.add(what + "RSS a process", "MiB", kind, peer.child().rssMiB());
          }
        });
  }

  private static void count(Peer peer, String hook, String side) {
    peer.host()
        .filter(
            hook,
            (hook.equals("input") ? "iif" : "oif") + " lo accept",
            side + " " + Lab.HERE + " accept",
            "counter comment \"" + hook + "\"");
  }

  private static double bytes(Peer peer, String hook) {
    return peer.host().countedBytes(hook);
  }

  private static void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
      LockSupport.parkNanos(Math.min(end - now, TimeUnit.SECONDS.toNanos(1)));
    }
  }
}

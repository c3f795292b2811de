package dev.caelum.e2e.bench;

import dev.caelum.e2e.bench.Bench.Labs;
import dev.caelum.e2e.lan.Lab;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** How fast peers of one kind meet, and know that one of them is gone. */
final class PeerTimes {
  private static final int NODES = 5;
  private static final int ROUNDS_A_LAB = 10;
  private static final Duration LIMIT = Duration.ofSeconds(90);

  /** What one measure of one kind may take, since some detect within minutes only. */
  private static final Duration BUDGET = Duration.ofMinutes(10);

  private final Labs labs;
  private final Comparison result;
  private final int runs;

  PeerTimes(Labs labs, Comparison result, int runs) {
    this.labs = labs;
    this.result = result;
    this.runs = runs;
  }

  private interface Round {
    /** Returns whether the group is whole again. */
    boolean run(PeerGroup group, int number) throws Exception;
  }

  /** Runs rounds in groups of {@code size} that have met, in a new lab every now and then. */
  private void rounds(PeerKind kind, int size, Round round) throws Exception {
    long deadline = Views.in(BUDGET);
    for (int done = 0; done < runs && System.nanoTime() < deadline; ) {
      try (Lab lab = labs.next()) {
        PeerGroup group = PeerGroup.start(kind, lab, size);
        boolean whole = group.awaitMet(LIMIT).isPresent();
        if (!whole) {
          result.miss("meet before a measure", "ms", kind);
          done++;
        }
        for (int i = 0; whole && i < ROUNDS_A_LAB && done < runs; i++, done++) {
          whole = System.nanoTime() < deadline && round.run(group, done);
        }
      }
    }
  }

  /** A new one joins four: until all five see all five. */
  void join(PeerKind kind) throws Exception {
    rounds(
        kind,
        NODES - 1,
        (group, _) -> {
          Peer joiner = group.add();
          OptionalLong met = group.awaitMet(LIMIT);
          note("join: exec to all five see all", kind, joiner.child().startedNanos(), met);
          note("join: begin to join to all five see all", kind, joiner.joiningNanos(), met);
          joiner.child().terminate();
          boolean gone = group.awaitGone(joiner, LIMIT).isPresent();
          group.drop(joiner);
          return met.isPresent() && gone;
        });
  }

  /** {@code size} start at once: from the last one's begin to join until all see all. */
  void cold(PeerKind kind, int size) throws Exception {
    long deadline = Views.in(BUDGET);
    for (int run = 0; run < runs && System.nanoTime() < deadline; run++) {
      try (Lab lab = labs.next()) {
        PeerGroup group = PeerGroup.start(kind, lab, size);
        OptionalLong met = group.awaitMet(LIMIT);
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (Peer peer : group.peers()) {
          first = Math.min(first, peer.child().startedNanos());
          last = Math.max(last, peer.joiningNanos());
        }
        note("cold start of " + size + ": first exec to all see all", kind, first, met);
        note("cold start of " + size + ": last begins to join to all see all", kind, last, met);
      }
    }
  }

  /** One of five is killed with SIGKILL. */
  void kill(PeerKind kind) throws Exception {
    gone(kind, "kill -9 to removed everywhere", victim -> victim.child().kill9());
  }

  /** All traffic of one of five is dropped. */
  void pull(PeerKind kind) throws Exception {
    gone(kind, "cable pulled to removed everywhere", victim -> victim.host().unplug());
  }

  /** One of five is asked to end. */
  void leave(PeerKind kind) throws Exception {
    gone(kind, "leave (SIGTERM) to known everywhere", victim -> victim.child().terminate());
  }

  private interface Fault {
    void strike(Peer victim);
  }

  private void gone(PeerKind kind, String what, Fault fault) throws Exception {
    rounds(
        kind,
        NODES,
        (group, number) -> {
          Peer victim = group.peers().get(number % NODES);
          long struck = System.nanoTime();
          fault.strike(victim);
          OptionalLong gone = group.awaitGone(victim, LIMIT);
          note(what, kind, struck, gone);
          group.again(victim);
          return gone.isPresent() && group.awaitMet(LIMIT).isPresent();
        });
  }

  private void note(String what, PeerKind kind, long from, OptionalLong to) {
    if (to.isEmpty()) {
      result.miss(what, "ms", kind);
    } else {
      long nanos = Math.max(0, to.getAsLong() - from);
      result.add(what, "ms", kind, (double) nanos / TimeUnit.MILLISECONDS.toNanos(1));
    }
  }
}

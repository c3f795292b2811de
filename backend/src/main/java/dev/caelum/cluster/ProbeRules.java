package dev.caelum.cluster;

import dev.caelum.cluster.ProbeMessage.Ack;
import dev.caelum.cluster.ProbeMessage.Nack;
import dev.caelum.cluster.ProbeMessage.Probe;
import dev.caelum.cluster.ProbeMessage.Relay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Who answers: each of our own nodes is probed in turn, over UDP, then through others and over the
 * link (SWIM). Being slow oneself stretches one's times (Lifeguard's local health).
 */
final class ProbeRules {
  /** The interval reaches its full length with so many nodes. */
  private static final int FULL_INTERVAL_NODES = 60;

  private static final int PENDING_LIMIT = 512;

  /** With a greater share of probes lost one failed attempt proves too little. */
  private static final double LOSSY = 0.06;

  private static final double MEMORY = 1.0 / 64;

  private final Table table;
  private final StateRules states;
  private final DialRules dials;
  private final OwnNetwork network;
  private final ProbePost post;
  private final Errands errands;
  private final RandomGenerator random;
  private final Shuffle shuffle;
  private final Map<Long, Attempt> attempts = new LinkedHashMap<>();
  private final Map<Row, Attempt> byRow = new LinkedHashMap<>();
  private List<Row> order = new ArrayList<>();
  private int next;

  /** The share of probes that got no direct answer lately, 0 to 1. */
  private double missed;

  private long nextProbeAt;
  private long nextDeadProbeAt;

  ProbeRules(Table table, StateRules states, DialRules dials, RandomGenerator random) {
    this.table = table;
    this.states = states;
    this.dials = dials;
    this.network = new OwnNetwork(table, this::sample, this::repeat);
    this.random = random;
    this.post = new ProbePost(table, random);
    this.errands = new Errands(table, post);
    this.shuffle = new Shuffle(random);
    this.nextProbeAt = table.now;
  }

  // ---- asking ----

  void tick() {
    for (Attempt attempt : List.copyOf(attempts.values())) {
      if (table.now - attempt.due >= 0) {
        due(attempt);
      }
    }
    errands.tick();
    network.tick();
    if (table.now - nextProbeAt >= 0) {
      nextProbeAt = table.now + (long) (interval() * (0.9 + random.nextDouble() * 0.2));
      Row row = nextRow();
      if (row != null) {
        ask(row, Attempt.Purpose.TURN);
      }
      for (Row suspect : table.unsettled) {
        if (suspect.up()) {
          ask(suspect, Attempt.Purpose.WORD);
        }
      }
    }
    if (table.now - nextDeadProbeAt >= 0) {
      nextDeadProbeAt = table.now + table.settings.deadProbeInterval().toNanos();
      askOneOfTheDead();
    }
  }

  /** Probes those that this node has to see for itself. */
  void verify() {
    if (!table.toVerify.isEmpty()) {
      List<Row> rows = List.copyOf(table.toVerify);
      table.toVerify.clear();
      rows.stream().filter(Row::up).forEach(row -> ask(row, Attempt.Purpose.WORD));
    }
  }

  /** Tells members what others say of them, so that they can refute it. */
  void tellAccused() {
    for (Table.Accused accused : table.accused) {
      post.accuse(accused.row(), accused.claim());
    }
    table.accused.clear();
  }

  /** Nanoseconds between two probes; with few nodes shorter, since each is probed by few. */
  private long interval() {
    long full = table.settings.probeInterval().toNanos();
    long fast = table.settings.fastProbeInterval().toNanos();
    long wanted = full * table.nodes() / FULL_INTERVAL_NODES;
    return table.stretched(Math.clamp(wanted, fast, full));
  }

  private long timeout() {
    return table.stretched(table.settings.probeTimeout().toNanos());
  }

  private @Nullable Row nextRow() {
    for (int tries = 0; tries < 2; tries++) {
      while (next < order.size()) {
        Row row = order.get(next++);
        if (row.up() && table.rows.contains(row)) {
          return row;
        }
      }
      order = shuffle.all(table.up);
      next = 0;
    }
    return null;
  }

  private void ask(Row row, Attempt.Purpose purpose) {
    if (byRow.containsKey(row) || attempts.size() >= PENDING_LIMIT || table.stopping) {
      return;
    }
    Attempt attempt = attempt(row, purpose);
    boolean sent = post.probe(row, attempt.number);
    ProbeRecord record = row.probes;
    if (!sent || purpose == Attempt.Purpose.WORD || (record != null && record.lossy())) {
      overTcp(row);
    }
  }

  private Attempt attempt(Row row, Attempt.Purpose purpose) {
    Attempt attempt = new Attempt(post.number(), row, purpose, table.now);
    attempt.due = table.now + timeout();
    attempts.put(attempt.number, attempt);
    byRow.put(row, attempt);
    return attempt;
  }

  private void overTcp(Row row) {
    LinkEntry link = row.link;
    if (link != null && !link.closing) {
      table.ping(link);
    }
  }

  /** A sign of life from one that counts as dead is how two halves of a network meet again. */
  private void askOneOfTheDead() {
    List<Row> dead =
        table.unsettled.stream()
            .filter(row -> row.state == MemberState.DEAD && row.probe != null)
            .toList();
    if (!dead.isEmpty()) {
      Row row = dead.get(random.nextInt(dead.size()));
      if (!byRow.containsKey(row)) {
        post.probe(row, attempt(row, Attempt.Purpose.WORD).number);
      }
    }
  }

  /** Asks {@code row} anew; what it was asked before may be due only after a long while. */
  private void repeat(Row row) {
    Attempt pending = byRow.get(row);
    if (pending != null) {
      post.probe(row, pending.number);
    } else if (row.up()) {
      ask(row, Attempt.Purpose.WORD);
    }
  }

  private List<Row> sample(int count) {
    List<Row> rows = shuffle.some(table.up, count);
    rows.forEach(row -> ask(row, Attempt.Purpose.TURN));
    return rows;
  }

  // ---- what comes of it ----

  private void due(Attempt attempt) {
    Row row = attempt.row;
    if (!row.up() || !table.rows.contains(row) || attempt.refuted()) {
      drop(attempt);
    } else if (row.lastEvidenceAt - attempt.startedAt > 0) {
      finish(attempt);
    } else if (!attempt.relayed && attempt.purpose != Attempt.Purpose.WORD) {
      attempt.relayed = true;
      missed += (1 - missed) * MEMORY;
      attempt.due = table.now + timeout();
      relay(attempt);
      overTcp(row);
      if (row.link == null) {
        dials.onDemand(row);
      }
      network.missed();
    } else {
      failed(attempt);
    }
  }

  private void relay(Attempt attempt) {
    List<Row> able =
        table.up.stream()
            .filter(row -> row != attempt.row && row.state == MemberState.ALIVE)
            .filter(row -> row.probe != null)
            .toList();
    for (Row row : shuffle.some(able, table.settings.relays())) {
      if (post.relay(row, attempt.number, attempt.row.instance)) {
        attempt.relays++;
      }
    }
  }

  /** Another way than the direct one brought a sign of life. */
  private void finish(Attempt attempt) {
    Row row = attempt.row;
    drop(attempt);
    LinkEntry link = row.link;
    boolean tcp = link != null && link.lastHeardAt - attempt.startedAt > 0;
    if (row.probe != null && record(row).missed(tcp)) {
      row.changed();
      table.tell(new ClusterEvent.UdpBlocked(row.view(false), true));
    }
    row.touched();
  }

  private void failed(Attempt attempt) {
    Row row = attempt.row;
    if (attempt.relays > 0 && attempt.nacks == 0) {
      table.slower();
    }
    if (attempt.undecidedUntil == 0) {
      // Once an attempt: two that wait for each other's question would wait for ever.
      attempt.undecidedUntil = table.now + 2 * timeout();
      if (attempt.purpose != Attempt.Purpose.WORD) {
        // One datagram that got lost is too weak a sign: a thousand nodes that verify each other's
        // words at 10 % loss would all ask for samples, and accuse ever more by them.
        network.failed(row);
      }
    }
    if (network.undecided() && table.now - attempt.undecidedUntil < 0) {
      attempt.due = table.now + timeout() / 2;
      return;
    }
    drop(attempt);
    boolean unsure = record(row).lossy() || missed > LOSSY;
    record(row).missed(false);
    row.touched();
    if (!table.judges() || (row.doubt() == null && row.calm(table.now))) {
      return;
    }
    if (unsure && row.doubt() == null && attempt.purpose != Attempt.Purpose.AGAIN) {
      ask(row, Attempt.Purpose.AGAIN);
      return;
    }
    long millis = (table.now - attempt.startedAt) / 1_000_000;
    String ways = row.link == null ? "directly" : "directly and over the link";
    String others = attempt.relays == 0 ? "" : ", through " + attempt.relays + " others";
    states.silent(row, "no answer to a probe for %d ms (%s%s)".formatted(millis, ways, others));
  }

  private void drop(Attempt attempt) {
    attempts.remove(attempt.number);
    byRow.remove(attempt.row, attempt);
  }

  private static ProbeRecord record(Row row) {
    ProbeRecord record = row.probes;
    if (record == null) {
      record = new ProbeRecord();
      row.probes = record;
    }
    return record;
  }

  // ---- what arrives ----

  /** Takes a datagram; whether its rumors may be believed, since it proved to be a member's. */
  boolean heard(Input.ProbeHeard heard) {
    return switch (heard.message()) {
      case Probe probe -> probed(probe, heard.source());
      case Relay relay -> relayed(relay, heard.source());
      case Ack ack -> acked(ack);
      case Nack(long number) -> {
        Attempt attempt = attempts.get(number);
        if (attempt != null) {
          attempt.nacks++;
        }
        yield false;
      }
    };
  }

  private boolean invited(long cookie) {
    return cookie == table.self.probe().cookie() && !table.stopping;
  }

  private boolean probed(Probe probe, Endpoint source) {
    if (!invited(probe.cookie())) {
      return false;
    }
    Row row = table.rows.withInstance(probe.from());
    table.emit(
        new Effect.SendProbe(
            source,
            new Ack(
                probe.number(),
                table.self.instance(),
                table.selfRow.incarnation,
                table.gossip.riders(row))));
    return true;
  }

  private boolean relayed(Relay relay, Endpoint source) {
    if (!invited(relay.cookie())) {
      return false;
    }
    errands.asked(relay, source);
    return true;
  }

  private boolean acked(Ack ack) {
    boolean errand = errands.answered(ack);
    Attempt attempt = attempts.get(ack.number());
    if (attempt == null || !ack.about().equals(attempt.row.instance)) {
      return errand;
    }
    Row row = attempt.row;
    table.faster();
    if (attempt.relayed) {
      // It may have come through another: the attempt ends by its evidence when it is due.
      alive(row);
      return true;
    }
    drop(attempt);
    missed -= missed * MEMORY;
    if (record(row).answered(table.now - attempt.startedAt)) {
      row.changed();
      table.tell(new ClusterEvent.UdpBlocked(row.view(false), false));
    }
    alive(row);
    return true;
  }

  private void alive(Row row) {
    if (table.now - row.publishedAt > table.settings.freshness().toNanos()) {
      row.changed();
    }
    boolean back = row.state == MemberState.DEAD;
    states.evidence(row);
    if (back) {
      dials.onDemand(row);
    }
  }

  /** This process did not run for a while: what it asked before proves nothing. */
  void awake() {
    attempts.clear();
    byRow.clear();
    errands.clear();
    network.awake();
    nextProbeAt = table.now;
  }
}

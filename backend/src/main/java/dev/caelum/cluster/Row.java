package dev.caelum.cluster;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One mutable row of the table; only {@link Membership} and its parts touch it. */
final class Row {
  private static final int ALTERNATE_LIMIT = 8;
  private static final long RETIRED_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long CALM_FIRST_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long CALM_LONGEST_NANOS = Duration.ofSeconds(8).toNanos();
  private static final long CALM_FORGOTTEN_NANOS = Duration.ofMinutes(1).toNanos();

  final String key;
  final NodeId id;
  final boolean legacy;
  final long firstSeenAt;
  @Nullable InstanceId instance;

  /** {@link Topology#hash} of the instance; kept by {@link RowTable}. */
  long instanceHash;

  /** The instance before this one, at the same address: what still comes from it is late. */
  private @Nullable InstanceId retired;

  private long retiredAt;

  MemberState state = MemberState.HEARD;

  /** Changed by {@link RowTable#move} once the row is in the table. */
  Endpoint endpoint;

  String hostname = "";
  String primaryIp = "";
  String clusterId = "";
  String clusterName = "";
  boolean foreign;
  boolean duplicateId;

  /** Whether it ever registered; changed by {@link RowTable#registered}. */
  boolean registered;

  /** Whether an operator, here or there, ended the link: it is not dialled until one asks. */
  boolean parted;

  /** Whether this run was ever linked with it. */
  boolean met;

  @Nullable LinkEntry link;
  @Nullable MachineInfo info;
  long incarnation;
  long lastSequence = -1;
  long lastBeaconAt;
  long lastEvidenceAt;
  long stateSince;
  long beaconIntervalNanos;
  long nextCheckAt;

  /** When this run declared it dead; null for one that was remembered as dead. */
  @Nullable Long diedAt;

  /** Whether beacons have come again since it died. */
  boolean heardAgain;

  @Nullable Failure lastFailure;
  List<String> services = List.of();

  /** Where it hears probes; null while that is not known. */
  @Nullable ProbeAddress probe;

  @Nullable ProbeRecord probes;

  /** The last suspicion, over or not. */
  @Nullable Suspicion suspicion;

  private long calm;
  private long calmUntil;

  /** Its place among all, the same for both ends of a pair; see {@link Topology}. */
  final long rank;

  /** Whether it waits to be published. */
  boolean dirty;

  @Nullable MemberState published;
  long publishedAt;

  private final Watcher watcher;
  private @Nullable Member view;

  /** Addresses that its beacons came from, with the time; the newest is the best second try. */
  private final Map<Endpoint, Long> heardAt = new LinkedHashMap<>(2);

  /** Is told of what happens to a row. */
  interface Watcher {
    /** The row is to be published. */
    void changed(Row row);

    /** The row is in another state. */
    void moved(Row row);
  }

  Row(
      String key,
      NodeId id,
      boolean legacy,
      Endpoint endpoint,
      long rank,
      long at,
      Watcher watcher) {
    this.key = key;
    this.rank = rank;
    this.id = id;
    this.legacy = legacy;
    this.endpoint = endpoint;
    this.firstSeenAt = at;
    this.lastEvidenceAt = at;
    this.stateSince = at;
    this.watcher = watcher;
    changed();
  }

  /** Has the row published at the end of the step. */
  void changed() {
    view = null;
    if (!dirty) {
      dirty = true;
      watcher.changed(this);
    }
  }

  /** Has the next view made anew without being published for it. */
  void touched() {
    view = null;
  }

  void to(MemberState target, long at) {
    MemberState next = state.to(target);
    if (next != state) {
      state = next;
      stateSince = at;
      changed();
      watcher.moved(this);
    }
  }

  /** Changed by {@link RowTable#adopt} only, which finds rows by their instance. */
  void adopt(InstanceId next, boolean here, long at) {
    retired = here ? instance : null;
    retiredAt = at;
    instance = next;
    lastSequence = -1;
    incarnation = 0;
    probe = null;
    probes = null;
    suspicion = null;
    calm = 0;
    changed();
  }

  /** Whether it is one of our own nodes and counts as running. */
  boolean up() {
    return !legacy && state.online();
  }

  /** The suspicion that is not over yet; null when nobody doubts it. */
  @Nullable Suspicion doubt() {
    Suspicion last = suspicion;
    return last != null && last.open() ? last : null;
  }

  /** Whether {@code other} is the start before this one, of which late packets may come. */
  boolean retired(InstanceId other, long at) {
    return other.equals(retired) && at - retiredAt < RETIRED_NANOS;
  }

  /**
   * It refuted a suspicion at {@code at}. Who is reached by others, but not by this node, would be
   * accused and refute again and again; so silence does not accuse it anew for a while, for twice
   * as long after each refutation.
   */
  void refuted(long at) {
    boolean again = calm != 0 && at - calmUntil < CALM_FORGOTTEN_NANOS;
    calm = again ? Math.min(CALM_LONGEST_NANOS, 2 * calm) : CALM_FIRST_NANOS;
    calmUntil = at + calm;
  }

  /** Whether it refuted a suspicion so lately that silence does not accuse it anew. */
  boolean calm(long at) {
    return calm != 0 && at - calmUntil < 0;
  }

  /** Takes where it hears probes, unless that is not told. */
  void hears(@Nullable ProbeAddress address) {
    probe = address == null ? probe : address;
  }

  void heardAt(Endpoint source, long at) {
    heardAt.remove(source);
    heardAt.put(source, at);
    if (heardAt.size() > ALTERNATE_LIMIT) {
      heardAt.remove(heardAt.keySet().iterator().next());
    }
  }

  /** Whether its beacons still come from {@code source}. */
  boolean freshAt(Endpoint source, long at) {
    Long last = heardAt.get(source);
    return last != null && at - last < 2 * beaconIntervalNanos;
  }

  /**
   * The address to try after {@code failed}: the newest other one that was heard, else the same.
   */
  Endpoint otherAddress(Endpoint failed) {
    Endpoint best = failed;
    for (Endpoint heard : heardAt.keySet()) {
      if (!heard.equals(failed)) {
        best = heard;
      }
    }
    return best;
  }

  void take(MachineInfo machine) {
    info = machine;
    hostname = machine.hostname();
    primaryIp = machine.primaryIp();
    clusterId = machine.clusterId();
    clusterName = machine.clusterName();
    changed();
  }

  /** As it is now; what is told of it always has the newest time of evidence. */
  Member view(boolean self) {
    Member last = view;
    if (last == null || last.lastEvidenceAt() != lastEvidenceAt) {
      last = made(self);
      view = last;
    }
    return last;
  }

  private Member made(boolean self) {
    LinkEntry live = link;
    ProbeRecord probed = probes;
    Suspicion doubted = suspicion;
    return new Member(
        key,
        id,
        instance,
        state,
        endpoint,
        hostname,
        primaryIp,
        clusterId,
        clusterName,
        self,
        legacy,
        foreign,
        duplicateId,
        live == null ? null : live.view(),
        info,
        incarnation,
        firstSeenAt,
        lastEvidenceAt,
        stateSince,
        lastFailure,
        services,
        probed == null ? null : probed.view(),
        doubted == null ? null : doubted.view());
  }

  static String key(NodeId id, Endpoint endpoint) {
    return id + "@" + endpoint;
  }
}

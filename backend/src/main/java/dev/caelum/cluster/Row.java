package dev.caelum.cluster;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One mutable row of the table; only {@link Membership} and its parts touch it. */
final class Row {
  private static final int ALTERNATE_LIMIT = 8;
  private static final long RETIRED_NANOS = Duration.ofSeconds(10).toNanos();

  final String key;
  final NodeId id;
  final boolean legacy;
  final long firstSeenAt;
  @Nullable InstanceId instance;

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

  /** Whether it waits to be published. */
  boolean dirty;

  @Nullable MemberState published;
  long publishedAt;

  private final Consumer<Row> onChange;

  /** Addresses that its beacons came from, with the time; the newest is the best second try. */
  private final Map<Endpoint, Long> heardAt = new LinkedHashMap<>();

  Row(String key, NodeId id, boolean legacy, Endpoint endpoint, long at, Consumer<Row> onChange) {
    this.key = key;
    this.id = id;
    this.legacy = legacy;
    this.endpoint = endpoint;
    this.firstSeenAt = at;
    this.lastEvidenceAt = at;
    this.stateSince = at;
    this.onChange = onChange;
    changed();
  }

  /** Has the row published at the end of the step. */
  void changed() {
    if (!dirty) {
      dirty = true;
      onChange.accept(this);
    }
  }

  void to(MemberState target, long at) {
    MemberState next = state.to(target);
    if (next != state) {
      state = next;
      stateSince = at;
      changed();
    }
  }

  /**
   * Goes on as the row of another start of its node.
   *
   * @param here whether that listens where the one before did, so that both cannot run at once
   */
  void adopt(InstanceId next, boolean here, long at) {
    retired = here ? instance : null;
    retiredAt = at;
    instance = next;
    lastSequence = -1;
    incarnation = 0;
    changed();
  }

  /** Whether {@code other} is the start before this one, of which late packets may come. */
  boolean retired(InstanceId other, long at) {
    return other.equals(retired) && at - retiredAt < RETIRED_NANOS;
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

  Member view(boolean self) {
    LinkEntry live = link;
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
        null,
        null);
  }

  static String key(NodeId id, Endpoint endpoint) {
    return id + "@" + endpoint;
  }
}

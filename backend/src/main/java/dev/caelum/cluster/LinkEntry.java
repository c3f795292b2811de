package dev.caelum.cluster;

import org.jspecify.annotations.Nullable;

/** What the core knows of one open link. */
final class LinkEntry {
  final long number;
  final boolean outbound;
  final String remoteHost;
  final @Nullable Endpoint target;

  /** The dial that made it, until it is settled by a registration, a refusal or a close. */
  DialPlan.@Nullable Target dial;

  String method = "";
  @Nullable Row row;

  /** Where the peer listens, once registered; null when it did not say (an old node). */
  @Nullable Endpoint peer;

  long openedAt;
  long registeredAt;
  long lastHeardAt;
  long nextPingAt;

  /** When the oldest ping that is still unanswered went out; 0 when there is none. */
  long askedAt;

  long nextHeartbeatAt;
  @Nullable Long rttMicros;
  boolean closing;

  LinkEntry(
      long number, boolean outbound, String remoteHost, @Nullable Endpoint target, long openedAt) {
    this.number = number;
    this.outbound = outbound;
    this.remoteHost = remoteHost;
    this.target = target;
    this.openedAt = openedAt;
    this.lastHeardAt = openedAt;
  }

  Member.Link view() {
    String remote = target == null ? remoteHost : target.toString();
    return new Member.Link(number, outbound, remote, registeredAt, rttMicros);
  }
}

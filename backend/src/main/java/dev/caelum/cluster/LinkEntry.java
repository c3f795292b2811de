package dev.caelum.cluster;

import org.jspecify.annotations.Nullable;

/** What the core knows of one open link. */
final class LinkEntry {
  final long number;
  final boolean outbound;
  final String remoteHost;
  final @Nullable Endpoint target;
  final long openedAt;
  String method = "";
  @Nullable Row row;
  @Nullable InstanceId peer;
  long registeredAt;
  long lastHeardAt;
  long nextPingAt;
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

  boolean registered() {
    return row != null;
  }

  Member.Link view() {
    return new Member.Link(number, outbound, registeredAt, rttMicros);
  }
}

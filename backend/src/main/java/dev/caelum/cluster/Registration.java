package dev.caelum.cluster;

import org.jspecify.annotations.Nullable;

/**
 * Who a peer says it is on a link; this settles what a beacon only hinted.
 *
 * @param instance null for an old node
 * @param cluster the explicitly set cluster name, null without one
 * @param port where the peer listens for links; null for an old node, which does not say
 * @param protocolMinimum first version of our own frames that it speaks; 0 for an old node
 * @param probe where it hears probes; null when it hears none
 */
public record Registration(
    NodeId id,
    @Nullable InstanceId instance,
    long incarnation,
    @Nullable String cluster,
    @Nullable Integer port,
    int protocolMinimum,
    int protocolMaximum,
    @Nullable ProbeAddress probe,
    MachineInfo info) {
  /** Whether the peer is an old node. */
  public boolean legacy() {
    return instance == null;
  }
}

package dev.caelum.cluster;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one beacon says of its sender. A hint only: it may cause a dial or a refresh, never make a
 * member.
 *
 * @param instance null for an old node
 * @param sequence grows with each beacon of one instance; 0 for an old node
 * @param cluster the explicitly set cluster name; null when the sender has none (or is old)
 * @param interval how often the sender announces itself
 * @param services names, at most 256
 */
public record Announcement(
    NodeId id,
    @Nullable InstanceId instance,
    long sequence,
    long incarnation,
    @Nullable String cluster,
    String hostname,
    String primaryIp,
    String clusterId,
    String clusterName,
    Duration interval,
    List<String> services) {
  public Announcement {
    services = List.copyOf(services);
  }

  /** Whether the sender is an old node. */
  public boolean legacy() {
    return instance == null;
  }
}

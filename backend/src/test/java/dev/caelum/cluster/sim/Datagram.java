package dev.caelum.cluster.sim;

import dev.caelum.cluster.Announcement;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.NodeId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A beacon on its way: what it says, where it claims to come from, whether it asks for answers. */
record Datagram(Announcement says, Endpoint source, boolean probe) {
  /** A beacon that no announcer sent; without an instance it is an old node's. */
  static Datagram made(NodeId id, @Nullable InstanceId instance, long sequence, Endpoint source) {
    Duration interval = Duration.ofSeconds(15);
    Announcement says =
        new Announcement(
            id, instance, sequence, 0, null, "h", source.host(), "c", "n", interval, List.of());
    return new Datagram(says, source, false);
  }

  /** A beacon of {@code node} that comes again, or late. */
  static Datagram of(Node node, long sequence) {
    return made(node.id, node.instance, sequence, node.endpoint());
  }
}

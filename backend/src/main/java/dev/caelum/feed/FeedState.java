package dev.caelum.feed;

import dev.caelum.cluster.ClusterSnapshot;

/** All that the events change, at one moment; the log is the feed's own. */
public record FeedState(NodeStatus node, ClusterSnapshot cluster, DiscoveryRun discovery) {}

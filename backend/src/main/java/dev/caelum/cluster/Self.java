package dev.caelum.cluster;

import org.jspecify.annotations.Nullable;

/**
 * Who this node is.
 *
 * @param cluster the explicitly set cluster name; null without one
 */
public record Self(
    NodeId id,
    InstanceId instance,
    @Nullable String cluster,
    Endpoint endpoint,
    MachineInfo info) {}

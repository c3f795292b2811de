package dev.caelum.cluster;

import org.jspecify.annotations.Nullable;

/**
 * Who this node is.
 *
 * @param cluster the explicitly set cluster name; null without one
 * @param endpoint where its links are dialled
 * @param probe where it hears probes
 */
public record Self(
    NodeId id,
    InstanceId instance,
    @Nullable String cluster,
    Endpoint endpoint,
    ProbeAddress probe,
    MachineInfo info) {}

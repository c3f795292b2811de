package dev.caelum.cluster.sim;

import dev.caelum.cluster.Announcement;
import dev.caelum.cluster.Endpoint;

/** A beacon on its way: what it says, where it claims to come from, whether it asks for answers. */
record Datagram(Announcement says, Endpoint source, boolean probe) {}

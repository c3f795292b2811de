package dev.caelum.node;

import dev.caelum.service.Service;
import java.net.InetAddress;
import java.util.Map;

/**
 * A node of ours that is linked.
 *
 * @param key the machine's key
 * @param hostname its name, for people
 * @param link the number of the link
 * @param source the address that the link leads to
 * @param told its services, guarded by the map itself
 */
record ServicePeer(
    String key, String hostname, long link, InetAddress source, Map<String, Service> told) {}

package dev.caelum.node;

import java.net.InetAddress;

/**
 * A node of ours that is linked.
 *
 * @param key the machine's key
 * @param hostname its name, for people
 * @param link the number of the link
 * @param source the address that the link leads to
 * @param told its services
 */
record ServicePeer(String key, String hostname, long link, InetAddress source, ToldServices told) {}

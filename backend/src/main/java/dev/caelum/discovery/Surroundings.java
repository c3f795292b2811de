package dev.caelum.discovery;

import dev.caelum.cluster.Endpoint;
import java.util.List;

/** What a discovery run reads of the node around it. */
public interface Surroundings {
  /** Counts since the start of the node; a run shows their growth. */
  Counts counts();

  /** Interfaces that carry beacons, and all there are (loopback left out). */
  int interfacesUsed();

  /** All interfaces but loopback. */
  int interfacesTotal();

  /** Whether our own beacons come back on any interface. */
  boolean echoSeen();

  /** The attached subnets, for people, for example {@code 192.168.1.0/24}. */
  List<String> subnets();

  /** Whether this node may be on a network of its own, as containers are, that no beacon leaves. */
  boolean contained();

  /** Machines linked now, this one left out. */
  int connected();

  /** Whether a link stands to the machine that is reached at {@code endpoint}. */
  boolean linked(Endpoint endpoint);

  /**
   * Datagram counts.
   *
   * @param sent that left, every copy counted
   * @param received all
   * @param own our echo
   * @param unreadable refused
   */
  record Counts(long sent, long received, long own, long unreadable) {}
}

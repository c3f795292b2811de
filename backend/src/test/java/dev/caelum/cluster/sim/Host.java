package dev.caelum.cluster.sim;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A machine: its address, what listens on it, and whom it can reach. */
final class Host {
  String address;
  boolean up = true;

  /** Whether a firewall drops unicast UDP in both directions. */
  boolean udpBlocked;

  final Map<Integer, Program> listening = new HashMap<>();
  private final Set<Host> unreachable = new HashSet<>();

  Host(String address) {
    this.address = address;
  }

  boolean reaches(Host other) {
    return up && other.up && !unreachable.contains(other);
  }

  /** Cuts the way to {@code other}; the way back stays. */
  void cut(Host other) {
    unreachable.add(other);
  }

  void heal() {
    unreachable.clear();
  }

  @Nullable Program at(int port) {
    return listening.get(port);
  }

  @Override
  public String toString() {
    return address;
  }
}

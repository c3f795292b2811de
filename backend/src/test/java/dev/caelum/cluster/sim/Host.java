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

  /** When something was last wrong with it or on the way to it. */
  long troubledAt;

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
  void cut(Host other, long at) {
    troubledAt = at;
    other.troubledAt = at;
    unreachable.add(other);
  }

  /** Everybody is reached again; since {@code at}. */
  void heal(long at) {
    if (!unreachable.isEmpty()) {
      troubledAt = at;
      unreachable.forEach(other -> other.troubledAt = at);
      unreachable.clear();
    }
  }

  /** Whether it reaches {@code other}, both ways, and has done so for {@code nanos} before. */
  boolean wellWith(Host other, long now, long nanos) {
    return reaches(other)
        && other.reaches(this)
        && now - Math.max(troubledAt, other.troubledAt) > nanos;
  }

  @Nullable Program at(int port) {
    return listening.get(port);
  }

  @Override
  public String toString() {
    return address;
  }
}

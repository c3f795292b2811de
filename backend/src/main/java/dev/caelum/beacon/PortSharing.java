package dev.caelum.beacon;

import dev.caelum.beacon.NetInterface.Address;
import dev.caelum.beacon.SocketKey.Role;
import dev.caelum.host.SocketTable;
import dev.caelum.host.SocketTable.Protocol;
import dev.caelum.host.SocketTable.Row;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether another process on this machine is bound to the same addresses and port. Multicast and
 * broadcast reach both then, a unicast datagram only one of them.
 */
final class PortSharing {
  private static final int ATTEMPTS = 5;

  private final int port;
  private final Map<Long, Long> dropsSeen = new HashMap<>();
  private long drops;
  private boolean seenBefore;

  PortSharing(int port) {
    this.port = port;
  }

  /**
   * Where the kernel's table cannot be read, the only way to learn it: before the first own socket
   * is bound, one that does not share is tried.
   */
  void beforeBinding(List<NetInterface> usable) {
    if (SocketTable.readable()) {
      return;
    }
    seenBefore =
        usable.stream()
            .flatMap(each -> each.ipv4().stream())
            .anyMatch(address -> !free(address.ip(), port));
  }

  /** Whether someone else shares an address and port with one of {@code own}. */
  boolean shared(Collection<BeaconChannel> own) {
    if (!SocketTable.readable()) {
      return seenBefore;
    }
    Set<InetAddress> bound = new HashSet<>();
    for (BeaconChannel socket : own) {
      SocketKey key = socket.key();
      if (key.role() == Role.UNICAST) {
        bound.add(key.address());
      }
    }
    Set<Long> inodes = SocketTable.ownInodes();
    // Without a descriptor to look at the own ones with, all would seem to be others'.
    return !inodes.isEmpty()
        && foreign(inodes).stream().anyMatch(row -> bound.contains(row.address()));
  }

  /** Whether someone else is bound to the port at all, as far as can be known. */
  boolean foreignHolder() {
    return !SocketTable.readable() || !foreign(SocketTable.ownInodes()).isEmpty();
  }

  private List<Row> foreign(Set<Long> own) {
    return SocketTable.read(Protocol.UDP).stream()
        .filter(row -> row.port() == port && !own.contains(row.inode()))
        .toList();
  }

  /**
   * What the kernel dropped at the sockets of this process, those since closed included as far as
   * they were seen here; -1 where the table cannot be read. Never goes down.
   */
  synchronized long kernelDrops() {
    if (!SocketTable.readable()) {
      return -1;
    }
    Set<Long> own = SocketTable.ownInodes();
    for (Row row : SocketTable.read(Protocol.UDP)) {
      if (own.contains(row.inode())) {
        Long before = dropsSeen.put(row.inode(), row.drops());
        drops += Math.max(0, row.drops() - (before == null ? 0 : before));
      }
    }
    dropsSeen.keySet().retainAll(own);
    return drops;
  }

  /** A port that is free on every IPv4 address of {@code usable}, or 0 when none was found. */
  int freePort(List<NetInterface> usable) {
    List<InetAddress> addresses =
        usable.stream().flatMap(each -> each.ipv4().stream()).map(Address::ip).toList();
    for (int i = 0; i < ATTEMPTS && !addresses.isEmpty(); i++) {
      int candidate = anyPort(addresses.getFirst());
      if (candidate != 0 && addresses.stream().allMatch(each -> free(each, candidate))) {
        return candidate;
      }
    }
    return 0;
  }

  private static int anyPort(InetAddress address) {
    try (DatagramChannel trial = DatagramChannel.open()) {
      trial.bind(new InetSocketAddress(address, 0));
      return trial.getLocalAddress() instanceof InetSocketAddress local ? local.getPort() : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private static boolean free(InetAddress address, int port) {
    try (DatagramChannel trial = DatagramChannel.open()) {
      trial.bind(new InetSocketAddress(address, port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}

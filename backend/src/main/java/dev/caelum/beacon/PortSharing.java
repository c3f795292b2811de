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
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Whether another process on this machine is bound to the same addresses and port. Multicast and
 * broadcast reach both then, a unicast datagram only one of them.
 */
final class PortSharing {
  private static final int ATTEMPTS = 5;

  private final int port;
  private final Supplier<List<Row>> sockets;
  private final Supplier<Set<Long>> descriptors;

  /** Whether a socket is this process's own, by inode: it stays so as long as it is there. */
  private final Map<Long, Boolean> own = new HashMap<>();

  private final Map<Long, Long> dropsSeen = new HashMap<>();
  private long drops;
  private boolean seenBefore;

  PortSharing(int port) {
    this(port, () -> SocketTable.read(Protocol.UDP), SocketTable::ownInodes);
  }

  /**
   * @param sockets the UDP sockets of this machine
   * @param descriptors the inodes of the sockets of this process
   */
  PortSharing(int port, Supplier<List<Row>> sockets, Supplier<Set<Long>> descriptors) {
    this.port = port;
    this.sockets = sockets;
    this.descriptors = descriptors;
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
    return foreign().stream().anyMatch(row -> bound.contains(row.address()));
  }

  /** Whether someone else is bound to the port at all, as far as can be known. */
  boolean foreignHolder() {
    return !SocketTable.readable() || !foreign().isEmpty();
  }

  private List<Row> foreign() {
    return sockets(false).stream().filter(row -> row.port() == port).toList();
  }

  /**
   * The UDP sockets of this process, or of the others. This process's descriptors are looked
   * through only when a socket is new: there are as many as links and event streams, and this is
   * asked every second.
   */
  private synchronized List<Row> sockets(boolean ours) {
    List<Row> rows = sockets.get();
    Set<Long> inodes = rows.stream().map(Row::inode).collect(Collectors.toSet());
    own.keySet().retainAll(inodes);
    if (!own.keySet().containsAll(inodes)) {
      Set<Long> held = descriptors.get();
      if (held.isEmpty()) {
        // Without a descriptor to look at the own ones with, all would seem to be others'.
        return List.of();
      }
      inodes.forEach(inode -> own.put(inode, held.contains(inode)));
    }
    return rows.stream().filter(row -> ours == own.getOrDefault(row.inode(), false)).toList();
  }

  /**
   * What the kernel dropped at the sockets of this process, those since closed included as far as
   * they were seen here; -1 where the table cannot be read. Never goes down.
   */
  synchronized long kernelDrops() {
    if (!SocketTable.readable()) {
      return -1;
    }
    for (Row row : sockets(true)) {
      Long before = dropsSeen.put(row.inode(), row.drops());
      drops += Math.max(0, row.drops() - (before == null ? 0 : before));
    }
    dropsSeen.keySet().retainAll(own.keySet());
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

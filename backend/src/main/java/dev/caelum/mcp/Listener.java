package dev.caelum.mcp;

import dev.caelum.host.PortOwner;
import dev.caelum.host.SocketTable;
import dev.caelum.host.SocketTable.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A listening TCP port.
 *
 * @param inode tells one listener from the next on the same port; 0 where the system has no table
 */
record Listener(InetAddress address, int port, long inode) {
  private static final int CONNECT_MILLIS = 50;

  /**
   * Those of {@code ports} that listen now, one each. Looks at the kernel's table; where there is
   * none it tries to connect on loopback, which refuses at once.
   */
  static Map<Integer, Listener> among(Set<Integer> ports) {
    Map<Integer, Listener> found = new HashMap<>();
    if (!SocketTable.readable()) {
      for (int port : ports) {
        if (answers(port)) {
          found.put(port, new Listener(InetAddress.getLoopbackAddress(), port, 0));
        }
      }
      return found;
    }
    for (SocketTable.Row row : SocketTable.read(Protocol.TCP)) {
      if (row.listening() && ports.contains(row.port())) {
        Listener one = new Listener(row.address(), row.port(), row.inode());
        found.merge(row.port(), one, Listener::easier);
      }
    }
    return found;
  }

  /** Whether it can be reached on loopback. */
  boolean onLoopback() {
    return address.isAnyLocalAddress() || address.isLoopbackAddress();
  }

  /** Where on loopback: an IPv6 address only when it listens there alone. */
  String host() {
    boolean six = address.getAddress().length == 16 && !address.isAnyLocalAddress();
    return six ? "[::1]" : "127.0.0.1";
  }

  /** The process that holds it; empty text when it is this one or cannot be seen. */
  String holder() {
    return inode == 0
        ? ""
        : PortOwner.find(Protocol.TCP, port).map(PortOwner.Owner::toString).orElse("");
  }

  /** Of two on one port the one that loopback reaches; the same one at every look. */
  private static Listener easier(Listener one, Listener other) {
    if (one.onLoopback() != other.onLoopback()) {
      return one.onLoopback() ? one : other;
    }
    return one.inode <= other.inode ? one : other;
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }
}

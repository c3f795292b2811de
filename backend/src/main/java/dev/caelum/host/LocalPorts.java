package dev.caelum.host;

import dev.caelum.cluster.KnownPorts;
import dev.caelum.cluster.KnownPorts.KnownPort;
import dev.caelum.cluster.MachineInfo.ServiceInfo;
import dev.caelum.host.SocketTable.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/** Which of the known services listen on this machine, and which of their slots are free. */
final class LocalPorts {
  private static final int CONNECT_MILLIS = 50;

  private LocalPorts() {}

  /**
   * @param available free ports of the named slots, 8100 to 8119
   */
  record Found(List<ServiceInfo> services, List<Integer> available) {}

  /**
   * Looks at the kernel's table; where there is none, tries to connect on loopback, which takes up
   * to 50 ms a port that stays silent.
   */
  static Found read() {
    if (!SocketTable.readable()) {
      return look(LocalPorts::answers);
    }
    Set<Integer> listening =
        SocketTable.read(Protocol.TCP).stream()
            .filter(SocketTable.Row::listening)
            .map(SocketTable.Row::port)
            .collect(Collectors.toSet());
    return look(listening::contains);
  }

  static Found look(IntPredicate listens) {
    List<ServiceInfo> services =
        KnownPorts.all().stream()
            .filter(LocalPorts::isService)
            .filter(known -> listens.test(known.port()))
            .map(LocalPorts::running)
            .toList();
    Set<Integer> taken = services.stream().map(ServiceInfo::port).collect(Collectors.toSet());
    List<Integer> available =
        KnownPorts.mcpServers().stream()
            .map(KnownPort::port)
            .filter(port -> !taken.contains(port))
            .toList();
    return new Found(services, available);
  }

  /** The node's and the dashboard's own ports are no services of the machine. */
  private static boolean isService(KnownPort known) {
    return known.type().equals("mcp_server") || known.project().equals("external");
  }

  private static ServiceInfo running(KnownPort known) {
    return new ServiceInfo(known.port(), known.name(), known.type(), known.purpose(), "running");
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

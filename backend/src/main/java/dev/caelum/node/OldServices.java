package dev.caelum.node;

import dev.caelum.cluster.KnownPorts;
import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.Member;
import dev.caelum.feed.DisplayText;
import dev.caelum.service.Service;
import dev.caelum.service.ServiceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The MCP servers that old nodes say they run, as services beside ours. Nobody asks those servers:
 * an old node tells a name, a port and a word.
 */
final class OldServices {
  private static final int MOST = 256;
  private static final Set<String> RUNNING = Set.of("running", "active", "online", "healthy");

  private final Map<String, List<Service>> told = new ConcurrentHashMap<>();

  /** The servers of that machine. */
  List<Service> of(String key) {
    return told.getOrDefault(key, List.of());
  }

  /** An old node is new or changed; true when its servers are others than before. */
  boolean saw(Member member) {
    MachineInfo info = member.info();
    List<Service> before = of(member.key());
    List<Service> now = new ArrayList<>();
    for (MachineInfo.ServiceInfo one :
        info == null ? List.<MachineInfo.ServiceInfo>of() : info.runningServices()) {
      boolean slot = one.port() >= KnownPorts.MCP_FIRST && one.port() <= KnownPorts.MCP_LAST;
      if ((slot || one.serviceType().equals("mcp_server")) && now.size() < MOST) {
        now.add(service(one, before));
      }
    }
    if (now.equals(before)) {
      return false;
    }
    told.put(member.key(), List.copyOf(now));
    return true;
  }

  private static Service service(MachineInfo.ServiceInfo one, List<Service> before) {
    boolean runs = RUNNING.contains(one.status());
    ServiceState state = runs ? ServiceState.RUNNING : ServiceState.DOWN;
    String reason = runs ? "" : "Its machine says: " + DisplayText.name(one.status()) + ".";
    String name = DisplayText.name(one.serviceName());
    long since =
        before.stream()
            .filter(last -> last.port() == one.port() && last.state() == state)
            .mapToLong(Service::sinceMillis)
            .findFirst()
            .orElseGet(System::currentTimeMillis);
    return new Service(one.port(), name, state, reason, null, null, false, since);
  }

  /** The machine is gone; true when it had servers. */
  boolean removed(String key) {
    List<Service> had = told.remove(key);
    return had != null && !had.isEmpty();
  }
}

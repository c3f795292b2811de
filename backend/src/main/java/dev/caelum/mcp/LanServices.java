package dev.caelum.mcp;

import dev.caelum.service.Service;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The MCP servers of all machines, as the endpoint of the LAN asks for them. */
public interface LanServices {
  /**
   * One service of one machine.
   *
   * @param key the machine's key
   * @param machine its name, for people
   * @param load how busy that machine is, in percent of its processors; 100 when unknown
   */
  record Place(String key, String machine, Service service, double load) {}

  /** Every service that is ready now. */
  List<Place> ready();

  /**
   * Calls a tool of the server on a port of a machine.
   *
   * @throws CallFailed when it cannot be called; says where, why, and since when
   */
  ServiceWatch.Call call(
      String key,
      int port,
      String tool,
      String arguments,
      Duration deadline,
      Consumer<ServiceWatch.Progress> progress)
      throws CallFailed;
}

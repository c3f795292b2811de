package dev.caelum.ui.view;

import dev.caelum.ui.client.Service;
import dev.caelum.ui.client.ServiceState;
import java.util.List;

/**
 * How many MCP servers are up, the same on every page.
 *
 * @param up spoke MCP, or an old node says that they run
 * @param expected all but those that only a client's file names: the client starts them itself
 */
record ServerCount(long up, long expected) {
  static ServerCount of(List<Service> services) {
    return new ServerCount(
        services.stream().filter(ServerCount::up).count(),
        services.stream().filter(each -> each.state() != ServiceState.CONFIGURED).count());
  }

  private static boolean up(Service service) {
    return service.state() == ServiceState.READY || service.state() == ServiceState.RUNNING;
  }
}

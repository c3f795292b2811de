package dev.caelum.ui.view;

import dev.caelum.ui.client.Service;
import dev.caelum.ui.client.ServiceState;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What tables and details say of an MCP server. */
final class ServiceWords {
  /** Problems first, then by name and machine. */
  static final Comparator<Service> ORDER =
      Comparator.comparingInt((Service service) -> gravity(service.state()))
          .reversed()
          .thenComparing(Service::name, String.CASE_INSENSITIVE_ORDER)
          .thenComparing(service -> !service.self())
          .thenComparing(Service::hostname, String.CASE_INSENSITIVE_ORDER)
          .thenComparing(Service::key);

  private ServiceWords() {}

  private static int gravity(ServiceState state) {
    return switch (state) {
      case TAKEN -> 4;
      case DOWN -> 3;
      case LISTENING_NO_ANSWER -> 2;
      case UNKNOWN -> 1;
      case READY, RUNNING, CONFIGURED -> 0;
    };
  }

  static String state(Service service) {
    return state(service.state(), service.holder());
  }

  static String state(ServiceState state, @Nullable String holder) {
    return state == ServiceState.TAKEN && holder != null
        ? Words.of("service.taken.by", holder)
        : Words.of("service." + state.word());
  }

  /** The state in a narrow column: of who has the port, the name without the process id. */
  static String brief(Service service) {
    String holder = service.holder();
    int pid = holder == null ? -1 : holder.indexOf(" (pid ");
    return state(service.state(), pid > 0 && holder != null ? holder.substring(0, pid) : holder);
  }

  /** What the node says of this server; the rule behind the badge where that is nothing or old. */
  static String rule(Service service) {
    return service.reason().isEmpty() || service.state() == ServiceState.UNKNOWN
        ? Words.of("service." + service.state().word() + ".rule")
        : service.reason();
  }

  /** What it calls itself, where that is not the name of its slot; else empty. */
  static String ownName(Service service) {
    String own = service.server();
    return own == null || own.equals(service.name()) ? "" : own;
  }

  static String port(int port) {
    return port == 0 ? Words.UNKNOWN : Integer.toString(port);
  }

  static String version(Service service) {
    String version = service.version();
    return version == null ? Words.UNKNOWN : version;
  }

  /** How many tools it has; a dash where it told of none because it did not speak. */
  static String tools(Service service) {
    return service.state() == ServiceState.READY || !service.tools().isEmpty()
        ? Integer.toString(service.tools().size() + service.toolsLeftOut())
        : Words.UNKNOWN;
  }

  /** Where it is called on its own machine; null when it has no port or did not speak. */
  static @Nullable String endpoint(Service service) {
    String transport = service.transport();
    if (service.port() == 0 || transport == null) {
      return null;
    }
    String host = service.self() ? "127.0.0.1" : service.address();
    String path = transport.toLowerCase(Locale.ROOT).contains("sse") ? "/sse" : "/mcp";
    boolean v6 = host.indexOf(':') >= 0 && !host.startsWith("[");
    return "http://" + (v6 ? "[" + host + "]" : host) + ":" + service.port() + path;
  }
}

package dev.caelum.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What each known port stands for, in the words of old nodes; the one table of it. */
public final class KnownPorts {
  /** The first port of the MCP servers. */
  public static final int MCP_FIRST = 8_100;

  /** The last port of the MCP servers; slots are named up to 8119. */
  public static final int MCP_LAST = 8_199;

  /**
   * One known port.
   *
   * @param type {@code database}, {@code web_ui}, {@code api}, {@code websocket}, {@code
   *     monitoring}, {@code communication}, {@code mcp_server} or {@code analytics}
   * @param project whose it is: {@code caelum} or {@code external}
   * @param protocol {@code tcp} or {@code udp}
   */
  public record KnownPort(
      int port, String name, String type, String project, String purpose, String protocol) {}

  private static final List<String> SLOTS =
      List.of(
          "caelum-analytics-metrics",
          "caelum-business-intelligence",
          "caelum-code-analysis",
          "caelum-deployment-infrastructure",
          "caelum-device-orchestration",
          "caelum-intelligence-hub",
          "caelum-knowledge-management",
          "caelum-opportunity-discovery",
          "caelum-performance-optimization",
          "caelum-project-intelligence",
          "caelum-security-compliance",
          "caelum-security-management",
          "caelum-user-profile",
          "caelum-workflow-orchestration",
          "caelum-cross-device-notifications",
          "caelum-development-session",
          "caelum-integration-testing",
          "caelum-ollama-pool",
          "caelum-api-gateway",
          "caelum-cluster-communication");

  private static final Map<Integer, KnownPort> ALL = table();

  private KnownPorts() {}

  /** What {@code port} stands for; null when it is not a known one. */
  public static @Nullable KnownPort of(int port) {
    return ALL.get(port);
  }

  /** Every known port, by number. */
  public static List<KnownPort> all() {
    return List.copyOf(ALL.values());
  }

  /** The named slots of MCP servers, by number. */
  public static List<KnownPort> mcpServers() {
    return ALL.values().stream().filter(p -> p.type().equals("mcp_server")).toList();
  }

  private static Map<Integer, KnownPort> table() {
    var ports = new ArrayList<KnownPort>();
    ports.add(caelum(8_080, "caelum-cluster", "communication", "Links between machines", "tcp"));
    ports.add(caelum(8_090, "caelum-dashboard", "web_ui", "Dashboard", "tcp"));
    ports.add(caelum(8_181, "caelum-beacon", "communication", "Discovery beacons", "udp"));
    for (int i = 0; i < SLOTS.size(); i++) {
      ports.add(caelum(MCP_FIRST + i, SLOTS.get(i), "mcp_server", "MCP server", "tcp"));
    }
    ports.add(external(5_432, "postgresql", "database", "SQL database"));
    ports.add(external(6_379, "redis", "database", "Cache"));
    ports.add(external(8_086, "influxdb", "database", "Time series database"));
    ports.add(external(9_090, "prometheus", "monitoring", "Metrics"));
    ports.add(external(3_000, "grafana", "monitoring", "Charts"));
    ports.add(external(8_000, "api-gateway", "api", "API gateway"));
    ports.add(external(8_200, "streamlit-apps", "web_ui", "Streamlit applications"));
    ports.add(external(8_300, "jupyter-lab", "web_ui", "Notebooks"));
    var byNumber = new TreeMap<Integer, KnownPort>();
    ports.forEach(port -> byNumber.put(port.port(), port));
    return byNumber;
  }

  private static KnownPort caelum(
      int port, String name, String type, String purpose, String protocol) {
    return new KnownPort(port, name, type, "caelum", purpose, protocol);
  }

  private static KnownPort external(int port, String name, String type, String purpose) {
    return new KnownPort(port, name, type, "external", purpose, "tcp");
  }
}

package dev.caelum.config;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The whole configuration of a node, validated.
 *
 * @param host address to bind the cluster port to; default 0.0.0.0
 * @param port TCP port of links and API, 0 (any free) or 1024-65535; default 8080
 * @param beaconPort UDP port of beacons, 1024-65535; default 8181
 * @param known machines to contact first
 * @param interfaces names of the only interfaces to use; empty = all suitable ones
 * @param advertise where others shall dial this node, when that differs from what they see
 * @param clusterName the explicitly set name; only an explicit name separates clusters
 * @param data folder of identity and memory; default {@code ~/.caelum}
 * @param mcp what it does about MCP servers
 * @param historyDays how long the past is kept, 0 = not at all; empty = {@link #HISTORY_DAYS} with
 *     a dashboard, else 0
 * @param demo how many simulated machines it plays with, alone with them; 0 = a real node
 * @param webhook where notifications go
 */
public record NodeConfig(
    String host,
    int port,
    int beaconPort,
    List<HostPort> known,
    List<String> interfaces,
    Optional<HostPort> advertise,
    Optional<String> clusterName,
    Path data,
    boolean verbose,
    boolean jsonLogs,
    TaskConfig tasks,
    McpConfig mcp,
    OptionalInt historyDays,
    int demo,
    WebhookConfig webhook) {
  public static final String DEFAULT_HOST = "0.0.0.0";
  public static final int DEFAULT_PORT = 8080;
  public static final int DEFAULT_BEACON_PORT = 8181;
  public static final int HISTORY_DAYS = 30;

  /** Simulated machines at most; each has a link. */
  public static final int MAX_DEMO = 1_000;

  /** Where the data of a demo are in the data folder. */
  static final String DEMO_FOLDER = "demo";

  public NodeConfig {
    known = List.copyOf(known);
    interfaces = List.copyOf(interfaces);
  }

  /** The same on another TCP port. */
  public NodeConfig withPort(int other) {
    return new NodeConfig(
        host,
        other,
        beaconPort,
        known,
        interfaces,
        advertise,
        clusterName,
        data,
        verbose,
        jsonLogs,
        tasks,
        mcp,
        historyDays,
        demo,
        webhook);
  }

  /** A host name or address with a port, as people write it. */
  public record HostPort(String host, int port) {
    private static final String IPV6 = "[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?:%[\\w.-]+)?";
    private static final Pattern BARE_IPV6 = Pattern.compile("(?=[^:]*:[^:]*:)" + IPV6);
    private static final Pattern FORM =
        Pattern.compile("(?:\\[(" + IPV6 + ")]|([\\w.-]{1,253}))(?::([^/]*))?");

    /**
     * Reads {@code HOST} or {@code HOST:PORT}; an IPv6 address with a port stands in brackets.
     *
     * @throws IllegalArgumentException with one sentence that names the text and the rule
     */
    public static HostPort parse(String text, int defaultPort) {
      if (BARE_IPV6.matcher(text).matches()) {
        return new HostPort(text, defaultPort);
      }
      Matcher form = FORM.matcher(text);
      if (!form.matches()) {
        throw new IllegalArgumentException(text + " is not HOST or HOST:PORT");
      }
      String host = form.group(1) != null ? form.group(1) : form.group(2);
      String port = form.group(3);
      if (port == null) {
        return new HostPort(host, defaultPort);
      }
      int number = port.matches("\\d{1,5}") ? Integer.parseInt(port) : 0;
      if (number < 1 || number > 65_535) {
        throw new IllegalArgumentException(text + " has no possible port; use 1-65535");
      }
      return new HostPort(host, number);
    }

    /** The host, when it is an address; empty for a name. Asks no resolver. */
    public Optional<InetAddress> literal() {
      try {
        return Optional.of(InetAddress.ofLiteral(host));
      } catch (IllegalArgumentException name) {
        return Optional.empty();
      }
    }

    /** {@code host:port}, an IPv6 host in brackets. */
    @Override
    public String toString() {
      return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
  }
}

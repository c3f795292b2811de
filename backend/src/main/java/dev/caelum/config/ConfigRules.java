package dev.caelum.config;

import dev.caelum.config.NodeConfig.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Turns the settings into typed values; each broken rule becomes one line in {@code problems}. */
final class ConfigRules {
  private static final int MAX_KNOWN = 256;
  private static final int MAX_NAME = 64;
  static final int MAX_HISTORY_DAYS = 400;
  private static final int MAX_MCP_PORTS = 256;
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");

  private final Map<ConfigKey, Setting> settings;
  private final Problems problems;

  ConfigRules(Map<ConfigKey, Setting> settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
  }

  /** What could be read; only to be used when no problem was added. */
  NodeConfig node() {
    int demo = demo();
    String host = demo > 0 ? "127.0.0.1" : host(ConfigKey.HOST);
    int port = port(ConfigKey.PORT, true);
    int beaconPort = port(ConfigKey.BEACON_PORT, false);
    List<HostPort> known = known();
    List<String> interfaces = demo > 0 ? List.of(loopback()) : interfaces();
    Optional<HostPort> advertise = advertise(port);
    return new NodeConfig(
        host,
        port,
        beaconPort,
        known,
        interfaces,
        advertise,
        clusterName(),
        demo > 0 ? data().resolve(NodeConfig.DEMO_FOLDER) : data(),
        oneOf(ConfigKey.VERBOSE, "false", "true") == 1,
        oneOf(ConfigKey.LOG_FORMAT, "text", "json") == 1,
        new TaskRules(this).read(),
        new McpConfig(mcpPorts(), mcpForwardFrom(), mcpRegistries()),
        historyDays(),
        demo,
        new WebhookRules(this).read());
  }

  DashboardConfig dashboard() {
    return new DashboardConfig(host(ConfigKey.UI_HOST), port(ConfigKey.UI_PORT, true));
  }

  /** Checks what only matters when node and dashboard run in one process. */
  void fitTogether(NodeConfig node, DashboardConfig dashboard) {
    if (node.port() == dashboard.port() && node.port() != 0) {
      problems.add(
          ConfigKey.UI_PORT,
          setting(ConfigKey.PORT).subject() + " and " + setting(ConfigKey.UI_PORT).subject() + ": ",
          "node and dashboard need two different TCP ports");
    }
  }

  /** {@code text} as an absolute path, a leading {@code ~} being the user's home. */
  static Optional<Path> path(String text) {
    String home = System.getProperty("user.home", "");
    String full = text.equals("~") || text.startsWith("~/") ? home + text.substring(1) : text;
    try {
      return Optional.of(Path.of(full).toAbsolutePath().normalize());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private Setting setting(ConfigKey key) {
    Setting setting = settings.get(key);
    if (setting == null) {
      throw new IllegalStateException("no setting for " + key);
    }
    return setting;
  }

  String value(ConfigKey key) {
    return setting(key).value();
  }

  /** For a value that may hold a secret. */
  void refuseUnseen(ConfigKey key, String rule) {
    problems.add(key, key.key() + " (" + setting(key).where() + "): ", rule);
  }

  void refuse(ConfigKey key, String rule) {
    problems.add(key, setting(key).subject() + ": ", rule);
  }

  private int port(ConfigKey key, boolean anyFree) {
    String text = value(key);
    int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : -1;
    if ((port == 0 && anyFree) || (port >= 1024 && port <= 65_535)) {
      return port;
    }
    refuse(
        key,
        "port "
            + (text.isEmpty() ? "(empty)" : text)
            + " is not possible; use "
            + (anyFree ? "0 (any free) or " : "")
            + "1024-65535");
    return 0;
  }

  int oneOf(ConfigKey key, String... words) {
    int index = Arrays.asList(words).indexOf(value(key));
    if (index < 0) {
      refuse(key, "use " + String.join(" or ", words));
    }
    return index;
  }

  private String host(ConfigKey key) {
    String text = value(key);
    try {
      for (InetAddress address : text.isEmpty() ? new InetAddress[0] : addresses(text)) {
        if (address.isAnyLocalAddress()
            || address.isLoopbackAddress()
            || NetworkInterface.getByInetAddress(address) != null) {
          return text;
        }
      }
    } catch (IOException e) {
      // An unknown name is no address of this machine.
    }
    refuse(key, "not an address of this machine; use one of its own, or 0.0.0.0 for all");
    return text;
  }

  private static InetAddress[] addresses(String host) throws IOException {
    try {
      return new InetAddress[] {InetAddress.ofLiteral(host)};
    } catch (IllegalArgumentException e) {
      return InetAddress.getAllByName(host);
    }
  }

  private OptionalInt historyDays() {
    String text = value(ConfigKey.HISTORY_DAYS);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    int days = text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
    if (days < 0 || days > MAX_HISTORY_DAYS) {
      refuse(ConfigKey.HISTORY_DAYS, "use a whole number from 0 to " + MAX_HISTORY_DAYS);
    }
    return OptionalInt.of(days);
  }

  private int demo() {
    String text = value(ConfigKey.DEMO);
    int machines = text.matches("\\d{1,4}") ? Integer.parseInt(text) : -1;
    if (machines < 0 || machines > NodeConfig.MAX_DEMO) {
      refuse(ConfigKey.DEMO, "use a whole number from 0 to " + NodeConfig.MAX_DEMO);
    }
    return machines;
  }

  /** A demo talks to no network: simulated machines are nobody else's business. */
  private String loopback() {
    try {
      for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
        if (each.isLoopback()) {
          return each.getName();
        }
      }
    } catch (SocketException e) {
      // told below
    }
    refuse(ConfigKey.DEMO, "this machine has no loopback interface");
    return "";
  }

  private List<HostPort> known() {
    List<String> entries = list(ConfigKey.KNOWN);
    if (entries.size() > MAX_KNOWN) {
      refuse(ConfigKey.KNOWN, "at most " + MAX_KNOWN + " machines, not " + entries.size());
    }
    List<HostPort> known = new ArrayList<>();
    for (String entry : entries) {
      hostPort(ConfigKey.KNOWN, entry, NodeConfig.DEFAULT_PORT).ifPresent(known::add);
    }
    return known;
  }

  private List<String> interfaces() {
    List<String> names = list(ConfigKey.INTERFACE);
    for (String name : names) {
      try {
        if (NetworkInterface.getByName(name) == null) {
          refuse(
              ConfigKey.INTERFACE,
              "this machine has no interface " + name + "; it has " + interfaceNames());
        }
      } catch (SocketException e) {
        refuse(ConfigKey.INTERFACE, "cannot look at " + name + ": " + e.getMessage());
      }
    }
    return names;
  }

  private static String interfaceNames() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .map(NetworkInterface::getName)
        .sorted()
        .limit(20)
        .collect(Collectors.joining(", "));
  }

  private Optional<HostPort> advertise(int port) {
    String text = value(ConfigKey.ADVERTISE);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<HostPort> advertise = hostPort(ConfigKey.ADVERTISE, text, port);
    if (advertise.isPresent() && advertise.get().port() == 0) {
      refuse(ConfigKey.ADVERTISE, "name the port too (HOST:PORT), since port = 0 is any free one");
    }
    if (advertise.flatMap(HostPort::literal).filter(ConfigRules::isNobodysAddress).isPresent()) {
      refuse(ConfigKey.ADVERTISE, "no machine can be dialled at this address");
    }
    return advertise;
  }

  private static boolean isNobodysAddress(InetAddress address) {
    return address.isAnyLocalAddress()
        || address.isMulticastAddress()
        || address.getHostAddress().equals("255.255.255.255");
  }

  Optional<HostPort> hostPort(ConfigKey key, String text, int defaultPort) {
    try {
      return Optional.of(HostPort.parse(text, defaultPort));
    } catch (IllegalArgumentException e) {
      refuse(key, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<String> clusterName() {
    String name = value(ConfigKey.CLUSTER_NAME);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    if (name.length() > MAX_NAME || !name.matches("[\\p{L}\\p{N}\\p{P}\\p{S} ]+")) {
      refuse(ConfigKey.CLUSTER_NAME, "1 to " + MAX_NAME + " printable characters");
    }
    return Optional.of(name);
  }

  private Path data() {
    String text = value(ConfigKey.DATA);
    Optional<Path> data = text.isEmpty() ? Optional.empty() : path(text);
    if (data.isEmpty()) {
      refuse(ConfigKey.DATA, "not the name of a folder");
      return Path.of("");
    }
    Path existing = data.get();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing)) {
      refuse(ConfigKey.DATA, existing + " is not a folder");
    } else if (!Files.isWritable(existing)) {
      refuse(ConfigKey.DATA, "this user may not write to " + existing);
    }
    return data.get();
  }

  private NavigableSet<Integer> mcpPorts() {
    NavigableSet<Integer> ports = new TreeSet<>();
    for (String entry : list(ConfigKey.MCP_PORTS)) {
      Matcher range = RANGE.matcher(entry);
      int first = range.matches() ? Integer.parseInt(range.group(1)) : 0;
      int last =
          range.matches() && range.group(2) != null ? Integer.parseInt(range.group(2)) : first;
      if (first < 1_024 || last > 65_535 || last < first || last - first >= MAX_MCP_PORTS) {
        refuse(ConfigKey.MCP_PORTS, entry + " is not PORT or FIRST-LAST of 1024-65535");
        return ports;
      }
      IntStream.rangeClosed(first, last).forEach(ports::add);
    }
    if (ports.size() > MAX_MCP_PORTS) {
      refuse(ConfigKey.MCP_PORTS, "at most " + MAX_MCP_PORTS + " ports, not " + ports.size());
    }
    return ports;
  }

  private List<InetAddress> mcpForwardFrom() {
    List<InetAddress> addresses = new ArrayList<>();
    for (String entry : list(ConfigKey.MCP_FORWARD_FROM)) {
      try {
        addresses.add(InetAddress.ofLiteral(entry));
      } catch (IllegalArgumentException e) {
        refuse(ConfigKey.MCP_FORWARD_FROM, entry + " is not an address");
      }
    }
    return addresses;
  }

  /** The files need not be there: a client may be installed later. */
  private List<Path> mcpRegistries() {
    List<Path> files = new ArrayList<>();
    for (String text : list(ConfigKey.MCP_REGISTRY)) {
      path(text)
          .ifPresentOrElse(
              files::add,
              () -> refuse(ConfigKey.MCP_REGISTRY, text + " is not the name of a file"));
    }
    return files;
  }

  List<String> list(ConfigKey key) {
    return Arrays.stream(value(key).split(",", -1))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .distinct()
        .toList();
  }
}

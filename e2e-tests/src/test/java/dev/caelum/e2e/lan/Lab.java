package dev.caelum.e2e.lan;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A LAN of network namespaces: a bridge, which this JVM itself sits on as 10.32.3.254, and hosts
 * joined to it. Everything lives in the namespaces that {@code src/test/lab/bin/java} put this JVM
 * into and ends with them.
 */
public final class Lab implements AutoCloseable {
  /** The first three octets of the LAN and of the second network. */
  static final String LAN = "10.32.3.";

  static final String SECOND = "10.32.4.";

  /** The address of this JVM on the LAN, and the default route of the hosts. */
  public static final String HERE = LAN + "254";

  private static int links;

  private final Path folder;
  private final Shell here;
  private final List<Host> hosts = new ArrayList<>();

  /**
   * A LAN without hosts.
   *
   * @param folder where data folders and the output of processes go; made if missing
   */
  public Lab(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    here = new Shell(List.of("sh"));
    here.run(
        """
        mount --make-rprivate / 2>/dev/null; mount -t sysfs sysfs /sys 2>/dev/null
        ip link set lo up && echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad
        """);
    network("lan", HERE, 1);
    network("second", SECOND + "254", 2);
  }

  /** Why no lab can be made here, with the command that changes it; empty when it can. */
  static String obstacle() {
    if (System.getenv("CAELUM_LAB") == null) {
      return "no namespaces of our own: run as root, or allow user namespaces"
          + " (sysctl -w kernel.unprivileged_userns_clone=1), and start the tests with"
          + " ./caelum test";
    }
    for (String tool : List.of("ip", "nft", "ss")) {
      if (!Files.isExecutable(Path.of("/usr/sbin", tool))
          && !Files.isExecutable(Path.of("/sbin", tool))
          && !Files.isExecutable(Path.of("/usr/bin", tool))
          && !Files.isExecutable(Path.of("/bin", tool))) {
        return tool + " is missing: sudo apt-get install iproute2 nftables";
      }
    }
    return "";
  }

  /**
   * A bridge has the lowest hardware address of its ports, and so another when a host is plugged
   * in, whereupon nobody reaches this JVM until their neighbour entries time out. Hence the first
   * port, an idle one, has the lowest; one given to the bridge itself would cost a bridge without
   * hosts its carrier.
   */
  private void network(String bridge, String address, int number) {
    here.run(
        """
        ip link add %1$s type bridge mcast_snooping 0 forward_delay 0 &&
        ip link add hold%3$d address 02:00:00:00:00:0%3$d type veth peer name held%3$d &&
        ip link set hold%3$d addrgenmode none && ip link set held%3$d addrgenmode none &&
        ip link set hold%3$d master %1$s up && ip link set held%3$d up &&
        ip addr add %2$s/24 broadcast + dev %1$s && ip link set %1$s up
        """
            .formatted(bridge, address, number));
  }

  /** Adds {@code count} hosts with the next free addresses, 10.32.3.11 and on. */
  public List<Host> hosts(int count) throws IOException {
    List<Host> added = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      added.add(create(LAN));
    }
    for (Host host : added) {
      host.join("lan", "eth0", host.address());
      host.defaultRoute(true);
    }
    return added;
  }

  public Host host() throws IOException {
    return hosts(1).getFirst();
  }

  /** Adds a host that is on the second network alone. */
  Host hostOnSecond() throws IOException {
    Host host = create(SECOND);
    host.join("second", "eth0", host.address());
    host.sh("ip route replace default via " + SECOND + "254");
    return host;
  }

  private Host create(String network) throws IOException {
    int number = hosts.size() + 1;
    Host host = new Host(this, "n" + number, network + (10 + number));
    hosts.add(host);
    return host;
  }

  /** Plugs a new interface {@code name} of {@code host} into {@code bridge}. */
  void plug(Host host, String bridge, String name) {
    links++;
    here.run(
        """
        ip link add v%1$d type veth peer name %2$s netns %3$d &&
        ip link set v%1$d master %4$s up
        """
            .formatted(links, name, host.pid(), bridge));
  }

  /** Gives this JVM one more address on the LAN, to speak from as another machine. */
  public InetAddress alsoHere(int lastOctet) throws IOException {
    String address = LAN + lastOctet;
    here.run("ip addr replace " + address + "/24 dev lan");
    return InetAddress.getByName(address);
  }

  /** Gives this JVM one more address off the LAN, which the hosts reach by their default route. */
  public InetAddress farHere(int number) throws IOException {
    String address = "10.33." + number / 250 + "." + (1 + number % 250);
    here.run("ip addr replace " + address + "/32 dev lan");
    return InetAddress.getByName(address);
  }

  /** A shell in the switch's namespace, which is this JVM's. */
  Shell here() {
    return here;
  }

  public Path folder() {
    return folder;
  }

  List<Host> all() {
    return List.copyOf(hosts);
  }

  @Override
  public void close() {
    hosts.forEach(Host::close);
    here.run(
        "nft flush ruleset; ip link del lan; ip link del second; ip link del hold1; ip link del hold2");
    here.close();
  }
}

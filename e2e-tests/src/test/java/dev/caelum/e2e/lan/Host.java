package dev.caelum.e2e.lan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One machine of a {@link Lab}: network, mounts and host name of its own, and its processes. */
public final class Host implements AutoCloseable {
  private final Lab lab;
  private final String name;
  private final Shell shell;
  private final List<Child> children = new ArrayList<>();
  private String address;

  Host(Lab lab, String name, String address) throws IOException {
    this.lab = lab;
    this.name = name;
    this.address = address;
    shell = new Shell(List.of("unshare", "--net", "--mount", "--uts", "sh"));
    shell.run(
        """
        hostname %s && ip link set lo up; mount -t sysfs sysfs /sys 2>/dev/null
        echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad
        """
            .formatted(name));
  }

  public String name() {
    return name;
  }

  /** The address on the LAN, as last set. */
  public String address() {
    return address;
  }

  long pid() {
    return shell.pid();
  }

  /** The folder of this host's files in the lab's folder. */
  public Path folder() throws IOException {
    return Files.createDirectories(lab.folder().resolve(name));
  }

  /** Lets the host know {@code names}, lines of a hosts file, as no name server tells it any. */
  public void names(List<String> names) throws IOException {
    Path hosts = folder().resolve("hosts");
    Files.write(hosts, names);
    sh("umount /etc/hosts 2>/dev/null; mount --bind '" + hosts + "' /etc/hosts");
  }

  /** Runs a command line in the host and returns what it printed. */
  public String sh(String script) {
    return shell.run(script);
  }

  /** Adds interface {@code device} with {@code address} on {@code network}. */
  void join(String network, String device, String address) {
    lab.plug(this, network, device);
    sh(
        "ip addr add %s/24 broadcast + dev %s && ip link set %s up"
            .formatted(address, device, device));
  }

  /** Joins the second network as eth1 with the same last octet. */
  void joinSecond() {
    join("second", "eth1", Lab.SECOND + address.substring(address.lastIndexOf('.') + 1));
  }

  void defaultRoute(boolean present) {
    sh(present ? "ip route replace default via " + Lab.HERE : "ip route del default");
  }

  void linkDown() {
    sh("ip link set eth0 down");
  }

  /** Brings eth0 up again, with the default route that going down had removed. */
  void linkUp() {
    sh("ip link set eth0 up");
    defaultRoute(true);
  }

  /** Changes the address of eth0, as a new DHCP lease does. */
  void readdress(String address) {
    sh(
        "ip addr del %s/24 dev eth0 && ip addr add %s/24 broadcast + dev eth0"
            .formatted(this.address, address));
    this.address = address;
    defaultRoute(true);
  }

  /**
   * Adds nft rules to the host's input or output.
   *
   * @param hook {@code input} or {@code output}
   */
  public void filter(String hook, String... rules) {
    StringBuilder script =
        new StringBuilder("nft add table inet lab && nft 'add chain inet lab ")
            .append(hook)
            .append(" { type filter hook ")
            .append(hook)
            .append(" priority 0; }'");
    for (String rule : rules) {
      script
          .append(" && nft 'add rule inet lab ")
          .append(hook)
          .append(' ')
          .append(rule)
          .append('\'');
    }
    sh(script.toString());
  }

  /** Drops all that comes and goes, as a pulled cable does. */
  public void unplug() {
    filter("input", "drop");
    filter("output", "drop");
  }

  /** Takes all nft rules away. */
  public void unfilter() {
    sh("nft flush ruleset");
  }

  /** The packets that the rules with a counter and {@code comment "NAME"} have matched. */
  long counted(String comment) {
    return counter(comment, "packets ");
  }

  /** The bytes, IP headers included, that those rules have matched. */
  public long countedBytes(String comment) {
    return counter(comment, "bytes ");
  }

  private long counter(String comment, String figure) {
    long sum = 0;
    for (String line : sh("nft list ruleset").lines().toList()) {
      if (line.contains("comment \"" + comment + "\"")) {
        String after = line.substring(line.indexOf(figure) + figure.length());
        sum += Long.parseLong(after.substring(0, after.indexOf(' ')));
      }
    }
    return sum;
  }

  /** Established TCP connections on {@code port} with hosts of the lab, "LOCAL REMOTE" each. */
  List<String> connections(int port) {
    String filter = "( sport = :%d or dport = :%d )".formatted(port, port);
    return sh("ss -Htn state established '" + filter + "'")
        .lines()
        .map(line -> line.strip().split("\\s+", -1))
        .map(words ->
            words[2].replace("[::ffff:", "").replace("]", "")
                + " "
                + words[3].replace("[::ffff:", "").replace("]", ""))
        .filter(pair -> !pair.contains(Lab.HERE + ":"))
        .toList();
  }

  /** Starts {@code command} in this host; its output goes to NUMBER-NAME.log in its folder. */
  public Child start(String process, List<String> command) throws IOException {
    Path log = folder().resolve(children.size() + 1 + "-" + process + ".log");
    Child child = new Child(this, lab.here(), log, command);
    children.add(child);
    return child;
  }

  /** The same, and {@code lines} gets each line that the process prints, as soon as it does. */
  public Child start(String process, List<String> command, Consumer<String> lines)
      throws IOException {
    Path log = folder().resolve(children.size() + 1 + "-" + process + ".log");
    Child child = new Child(this, lab.here(), log, command, lines);
    children.add(child);
    return child;
  }

  @Override
  public void close() {
    children.forEach(Child::close);
    shell.close();
  }
}

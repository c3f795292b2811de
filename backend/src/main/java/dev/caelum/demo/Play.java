package dev.caelum.demo;

import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.MachineInfo.InterfaceAddress;
import dev.caelum.cluster.MachineInfo.NetworkInfo;
import dev.caelum.cluster.MachineInfo.NetworkInterface;
import dev.caelum.cluster.MachineInfo.Resources;
import dev.caelum.cluster.MachineInfo.ServiceInfo;
import dev.caelum.wire.Beacon;
import dev.caelum.wire.BeaconCodec;
import dev.caelum.wire.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What one simulated machine is, and how its load wanders. The same seed and number play the same
 * machine; not safe for several threads.
 */
final class Play {
  /** Machines of a subnet, so that a large cluster has several. */
  static final int SUBNET = 40;

  /** What every old node claims to listen on. */
  private static final int LINK_PORT = 8_080;

  private static final List<String> NAMES =
      List.of(
          "alder", "birch", "cedar", "dogwood", "elm", "fir", "ginkgo", "hazel", "iris", "juniper",
          "kapok", "larch", "maple", "nutmeg", "oak", "pine", "quince", "rowan", "spruce", "teak");

  private static final List<String> SERVICES =
      List.of("code-analysis", "files", "search", "git", "browser", "database");
  private static final List<Integer> CORES = List.of(4, 8, 12, 16, 32);

  private final int number;
  private final String version;
  private final RandomGenerator random;
  private final int cores;
  private final double memory;
  private final double disk;
  private final List<ServiceInfo> services;
  private double cpu;
  private double used;

  /**
   * @param number from 0
   * @param version of Caelum that it claims
   */
  Play(int number, String version, RandomGenerator random) {
    this.number = number;
    this.version = version;
    this.random = random;
    this.cores = CORES.get(random.nextInt(CORES.size()));
    this.memory = cores * (random.nextBoolean() ? 2 : 4);
    this.disk = 250 * (1 + random.nextInt(8));
    this.cpu = random.nextDouble(5, 60);
    this.used = random.nextDouble(20, 80);
    this.services = services(random);
  }

  private static List<ServiceInfo> services(RandomGenerator random) {
    List<ServiceInfo> services = new ArrayList<>();
    for (int i = 0; i < SERVICES.size(); i++) {
      if (random.nextInt(4) == 0) {
        services.add(new ServiceInfo(8100 + i, SERVICES.get(i), "mcp_server", "", "running"));
      }
    }
    return services;
  }

  String id() {
    return "demo-%04d".formatted(number + 1);
  }

  String hostname() {
    String name = NAMES.get(number % NAMES.size());
    int round = number / NAMES.size();
    return round == 0 ? name : name + "-" + (round + 1);
  }

  /** An address of loopback that is its own, for example {@code 127.1.2.17}. */
  String address() {
    return "127.1." + (number / SUBNET + 1) + "." + (number % SUBNET + 10);
  }

  /** What it says about itself now; each call is a step of its life. */
  MachineInfo info() {
    cpu = Math.clamp(cpu + random.nextGaussian() * 6, 1, 98);
    used = Math.clamp(used + random.nextGaussian() * 2, 8, 94);
    return new MachineInfo(
        id(),
        hostname(),
        address(),
        network(),
        new Resources(
            cores,
            rounded(cpu),
            memory,
            rounded(memory * (100 - used) / 100),
            rounded(used),
            disk,
            rounded(disk * 0.6),
            40.0,
            null),
        MachineInfo.Status.ONLINE,
        services,
        List.of(),
        Timestamp.now(),
        version,
        Map.of("system", "Linux", "machine", "x86_64", MachineInfo.SIMULATED, "true"),
        "demo",
        "demo",
        MachineInfo.Role.NODE);
  }

  /** How it announces itself when it is asked. */
  byte[] beacon() {
    return BeaconCodec.encode(
        new Beacon.Announce(
            id(),
            hostname(),
            address(),
            "demo",
            "demo",
            LINK_PORT,
            List.of(),
            Timestamp.now(),
            null));
  }

  private NetworkInfo network() {
    String mac = String.format(Locale.ROOT, "02:00:00:00:%02x:%02x", number >> 8, number & 0xff);
    return new NetworkInfo(
        hostname(),
        List.of(address()),
        List.of(mac),
        List.of(
            new NetworkInterface(
                "sim0", List.of(new InterfaceAddress("ipv4", address(), "255.255.255.0")))));
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }
}

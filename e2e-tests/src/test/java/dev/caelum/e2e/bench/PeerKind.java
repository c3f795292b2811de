package dev.caelum.e2e.bench;

import dev.caelum.e2e.lan.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The membership software that is compared. Each runs with the settings that it ships for a LAN;
 * who joins by addresses gets those of all others, since whoever starts first finds nobody.
 */
enum PeerKind {
  CAELUM("caelum", "beacon profile, as packaged; it begins to join when 8080 first answers") {
    @Override
    Peer start(Host host, List<String> others) throws IOException {
      return new Peer(host);
    }
  },
  SERF("serf", "profile lan, -retry-join of all others, leave_on_terminate") {
    @Override
    Peer start(Host host, List<String> others) throws IOException {
      List<String> join = new ArrayList<>();
      others.forEach(other -> join.add("-retry-join=" + other));
      return serf(host, join);
    }
  },
  SERF_MDNS("serf-mdns", "profile lan, -discover (mDNS), leave_on_terminate") {
    @Override
    Peer start(Host host, List<String> others) throws IOException {
      return serf(host, List.of("-discover=bench", "-iface=eth0"));
    }
  },
  SCALECUBE("scalecube", "defaultLanConfig, TCP, all others as seeds") {
    @Override
    Peer start(Host host, List<String> others) throws IOException {
      return java(host, "ScaleCubePeer", others);
    }
  },
  JGROUPS("jgroups", "its udp.xml") {
    @Override
    Peer start(Host host, List<String> others) throws IOException {
      return java(host, "JGroupsPeer", List.of());
    }
  },
  HAZELCAST("hazelcast", "defaults, multicast join") {
    @Override
    Peer start(Host host, List<String> others) throws IOException {
      return java(host, "HazelcastPeer", List.of());
    }
  };

  private static final Path ROOT =
      Path.of(System.getProperty("caelum.root", "..")).toAbsolutePath().normalize();

  private final String title;
  private final String settings;

  PeerKind(String title, String settings) {
    this.title = title;
    this.settings = settings;
  }

  /** Its name in arguments and tables. */
  String title() {
    return title;
  }

  /** How it was set up, in short. */
  String settings() {
    return settings;
  }

  /**
   * Starts a process of it on {@code host}; returns at once.
   *
   * @param others addresses of the other hosts of its group
   */
  abstract Peer start(Host host, List<String> others) throws IOException;

  /** The kinds in {@code titles}, comma-separated; all when empty; unknown ones are left out. */
  static List<PeerKind> named(String titles) {
    List<String> wanted = List.of(titles.split(",", -1));
    return Arrays.stream(values())
        .filter(kind -> titles.isEmpty() || wanted.contains(kind.title))
        .toList();
  }

  /** What must be installed first for {@code kinds}, as one command; empty when nothing. */
  static String missing(List<PeerKind> kinds) {
    boolean serf = kinds.contains(SERF) || kinds.contains(SERF_MDNS);
    return serf && !Files.isExecutable(Path.of("/usr/bin/serf"))
        ? "sudo apt-get install -y serf"
        : "";
  }

  private static Peer serf(Host host, List<String> join) throws IOException {
    Path settings = host.folder().resolve("serf.json");
    Files.writeString(settings, "{\"leave_on_terminate\": true}");
    List<String> line =
        new ArrayList<>(
            List.of(
                "serf",
                "agent",
                "-node=" + host.name(),
                "-bind=" + host.address(),
                "-profile=lan",
                "-config-file=" + settings));
    line.addAll(join);
    return new Peer(host, "serf", line, Peer::readSerf);
  }

  /** The same JVM and options as our own node, so that only the software differs. */
  private static Peer java(Host host, String main, List<String> others) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("@" + ROOT.resolve("config/jvm/backend.options"));
    line.addAll(List.of("-cp", System.getProperty("caelum.peers", "")));
    line.add("dev.caelum.bench.peer." + main);
    line.add(host.address());
    line.addAll(others);
    return new Peer(host, main, line, Peer::readTeller);
  }
}

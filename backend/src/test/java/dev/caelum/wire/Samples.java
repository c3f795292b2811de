package dev.caelum.wire;

import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.NodeId;
import dev.caelum.cluster.ProbeAddress;
import dev.caelum.cluster.ProbeMessage;
import dev.caelum.cluster.Rumor;
import dev.caelum.service.McpMessage;
import dev.caelum.service.Service;
import dev.caelum.service.ServiceState;
import dev.caelum.service.Spoken;
import dev.caelum.service.Tool;
import dev.caelum.task.WorkMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One full value of each kind, with every optional part present. */
final class Samples {
  private Samples() {}

  static final MachineInfo MACHINE =
      new MachineInfo(
          "caelum-3f9a",
          "studio \u00e9\ud83c\udfaf",
          "192.168.7.11",
          new MachineInfo.NetworkInfo(
              "studio",
              List.of("127.0.0.1", "192.168.7.11", "fe80::1"),
              List.of("02:00:a1:b2:c3:d4"),
              List.of(
                  new MachineInfo.NetworkInterface(
                      "eth0",
                      List.of(
                          new MachineInfo.InterfaceAddress("ipv4", "192.168.7.11", "255.255.255.0"),
                          new MachineInfo.InterfaceAddress("mac", "02:00:a1:b2:c3:d4", null))))),
          new MachineInfo.Resources(
              8,
              3.5,
              31.2,
              20.1,
              35.6,
              476.0,
              300.5,
              36.9,
              List.of(new MachineInfo.Gpu(0, "RTX", 8_192.0, 100.0, 8_092.0, 0.5, 61.0))),
          MachineInfo.Status.BUSY,
          List.of(
              new MachineInfo.ServiceInfo(
                  8117, "caelum-ollama-pool", "mcp_server", "models", "running")),
          List.of(8100, 8101),
          "2026-11-22T07:00:00+00:00",
          "0.2.0",
          Map.of("system", "Linux", "cores", 8L),
          "f793cd9b-4070-4c73-8457-eb6b7d008206",
          "caelum-studio-11",
          MachineInfo.Role.HYBRID);

  /** The same with nothing that may be absent. */
  static final MachineInfo BARE =
      new MachineInfo(
          "caelum-1",
          "h",
          "",
          new MachineInfo.NetworkInfo("h", List.of(), List.of(), List.of()),
          new MachineInfo.Resources(null, null, null, null, null, null, null, null, null),
          MachineInfo.Status.ONLINE,
          List.of(),
          List.of(),
          "",
          "",
          null,
          "",
          "",
          MachineInfo.Role.NODE);

  /** The largest number and cookie. */
  static final long LARGEST = ProbeAddress.COOKIE_LIMIT - 1;

  static final InstanceId INSTANCE = new InstanceId("b1946ac92492d234");
  static final InstanceId OTHER = new InstanceId("0a1b2c3d4e5f6071");

  static final Rumor INTRODUCED =
      new Rumor(
          new NodeId("caelum-3f9a"),
          INSTANCE,
          Rumor.Claim.ALIVE,
          4,
          INSTANCE,
          new Rumor.Introduction(
              new Endpoint("192.168.7.11", 8080),
              new ProbeAddress(8181, LARGEST),
              "studio \u00e9\ud83c\udfaf",
              "f793cd9b-4070-4c73-8457-eb6b7d008206",
              "caelum-studio-11"));

  static final Rumor SUSPECTED =
      new Rumor(new NodeId("caelum-3f9a"), INSTANCE, Rumor.Claim.SUSPECT, 0, OTHER, null);

  static final Rumor LEFT =
      new Rumor(new NodeId("caelum-77"), OTHER, Rumor.Claim.LEFT, 2, OTHER, null);

  static final MachineChange CHANGE =
      new MachineChange(30, MachineInfo.Status.BUSY, 3.55, 20.15, 35.61, 300.51, 36.91);

  static final Beacon.Extension EXTENSION = extension(Beacon.Kind.ANNOUNCE);

  static final Envelope ENVELOPE =
      new Envelope(
          "22e04ad2-8cd4-4912-8af4-8f24c44ffc92",
          MessageType.MACHINE_UPDATE,
          "caelum-3f9a",
          List.of("caelum-00000000"),
          "2026-11-22T07:00:00+00:00",
          Map.of("answer", 42L),
          "44da43f6-86a0-4bf9-a4d6-7535afd02d77");

  static Beacon.Extension extension(Beacon.Kind kind) {
    return new Beacon.Extension("b1946ac92492d234", 7, 2, 15, "lab", "d41d8cd9", 256, kind, 40_001);
  }

  static Beacon.Announce announce(int services, Beacon.@Nullable Extension extension) {
    return new Beacon.Announce(
        "caelum-3f9a",
        "studio",
        "192.168.7.11",
        "f793cd9b-4070-4c73-8457-eb6b7d008206",
        "caelum-studio-11",
        8080,
        IntStream.range(0, services)
            .mapToObj(
                i -> new Beacon.Service("service-" + i, "mcp_server", 8100 + i % 100, "running"))
            .toList(),
        "2026-11-22T07:22:13.106571+00:00",
        extension);
  }

  /** A sample of each kind of beacon, by its class. */
  static Map<Class<?>, Beacon> beacons() {
    return Map.of(
        Beacon.Announce.class,
        announce(2, EXTENSION),
        Beacon.ClusterHint.class,
        new Beacon.ClusterHint("9c1d", "caelum-lab", 8095, List.of("code_analysis"), "hybrid"));
  }

  /** A sample of each kind of probe message, by its class. */
  static Map<Class<?>, ProbeMessage> probes() {
    Map<Class<?>, ProbeMessage> out = new LinkedHashMap<>();
    for (ProbeMessage message :
        List.of(
            new ProbeMessage.Probe(LARGEST, INSTANCE, LARGEST - 1, List.of(SUSPECTED, LEFT)),
            new ProbeMessage.Relay(7, INSTANCE, 8, OTHER, List.of(INTRODUCED)),
            new ProbeMessage.Ack(LARGEST, INSTANCE, 3, List.of(LEFT)),
            new ProbeMessage.Nack(1))) {
      out.put(message.getClass(), message);
    }
    return out;
  }

  static final Service READY =
      new Service(
          8105,
          "caelum-intelligence-hub",
          ServiceState.READY,
          "",
          "java (pid 7)",
          new Spoken(
              "sse",
              "hub",
              "1.2",
              3.5,
              List.of(new Tool("echo", "Says it again", "{\"type\":\"string\"}")),
              2),
          true,
          1_700_000_000_000L);

  static final Service DOWN =
      new Service(8106, "backups", ServiceState.DOWN, "It stopped.", null, null, false, 7);

  /** A sample of each kind of frame, by its class. */
  static Map<Class<?>, Frame> frames() {
    Map<Class<?>, Frame> out = new LinkedHashMap<>();
    for (Frame frame :
        List.of(
            new Frame.Legacy(ENVELOPE),
            new Frame.Rumors(List.of(INTRODUCED, SUSPECTED)),
            new Frame.Digest(IntStream.range(0, 32).mapToObj(i -> i * 0x1234567 - 99).toList()),
            new Frame.Lines(List.of(INTRODUCED, SUSPECTED), List.of(0, 31), true, 2, 3),
            new Frame.Heartbeat(MACHINE),
            new Frame.Pulse(CHANGE),
            new Frame.AskMachines(),
            new Frame.Machines(
                List.of(
                    new Frame.KnownMachine("caelum-1", "instance", "192.168.7.12", 8080),
                    new Frame.KnownMachine("caelum-00000000", null, "192.168.7.13", 8081))),
            new Frame.ServiceQuery("caelum-ollama-pool"),
            new Frame.ServiceLocation("caelum-ollama-pool", "192.168.7.12:8117"),
            new Frame.Status(Map.of("text", "hello")),
            new Frame.Goodbye(),
            new Frame.Problem("not_offered", "tasks are not offered yet"),
            new Frame.Work(new WorkMessage.Query(List.of(), true)),
            new Frame.Services(List.of(READY, DOWN), true),
            new Frame.Mcp(new McpMessage.Call("c1", 8105, "echo", "{}", 60_000)))) {
      out.put(frame.getClass(), frame);
    }
    return out;
  }
}

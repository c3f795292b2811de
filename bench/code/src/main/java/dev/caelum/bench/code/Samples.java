package dev.caelum.bench.code;

import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.NodeId;
import dev.caelum.cluster.ProbeAddress;
import dev.caelum.cluster.Self;
import dev.caelum.wire.Beacon;
import dev.caelum.wire.BeaconCodec;
import java.util.ArrayList;
import java.util.List;

/** Machines of a LAN and what they send, told apart by a number. */
final class Samples {
  /** Bytes of a beacon, or a few more. */
  static final int BEACON_BYTES = 700;

  private Samples() {}

  static NodeId id(int number) {
    return new NodeId("machine-%08x".formatted(number));
  }

  static InstanceId instance(int number) {
    return new InstanceId("%032x".formatted(0x5DEECE66DL * (number + 1)));
  }

  static String address(int number) {
    return "10." + (number >> 16) + "." + (number >> 8 & 0xFF) + "." + (number & 0xFF);
  }

  static ProbeAddress probe(int number) {
    return new ProbeAddress(8_181, number + 1L);
  }

  static Self self() {
    return new Self(id(0), instance(0), null, new Endpoint(address(0), 8_080), probe(0), info(0));
  }

  static MachineInfo info(int number) {
    return new MachineInfo(
        id(number).value(),
        "host-" + number,
        address(number),
        new MachineInfo.NetworkInfo(
            "host-" + number, List.of(address(number)), List.of(), List.of()),
        new MachineInfo.Resources(8, 12.5, 16.0, 9.5, 40.6, 512.0, 200.0, 60.9, null),
        MachineInfo.Status.ONLINE,
        List.of(),
        List.of(),
        "2026-11-22T12:00:00+00:00",
        "0.2.0",
        null,
        "default",
        "Default",
        MachineInfo.Role.NODE);
  }

  /** The beacon of machine {@code number}: as long as one with a few services. */
  static byte[] beacon(int number, long sequence) {
    List<Beacon.Service> services = new ArrayList<>();
    byte[] bytes = encode(number, sequence, services);
    for (int i = 0; bytes.length < BEACON_BYTES; i++) {
      services.add(new Beacon.Service("service-" + i, "http", 8_000 + i, "running"));
      bytes = encode(number, sequence, services);
    }
    return bytes;
  }

  private static byte[] encode(int number, long sequence, List<Beacon.Service> services) {
    return BeaconCodec.encode(
        new Beacon.Announce(
            id(number).value(),
            "host-" + number,
            address(number),
            "default",
            "Default",
            8_080,
            services,
            "2026-11-22T12:00:00.123456+00:00",
            new Beacon.Extension(
                instance(number).value(),
                sequence,
                0,
                15,
                null,
                Integer.toHexString(services.hashCode()),
                services.size(),
                Beacon.Kind.ANNOUNCE,
                8_181)));
  }
}

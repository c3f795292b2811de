package dev.caelum.wire;

import static dev.caelum.fuzz.Invariant.accepted;
import static dev.caelum.fuzz.Invariant.require;
import static dev.caelum.fuzz.Invariant.same;
import static dev.caelum.fuzz.Invariant.value;

import java.nio.ByteBuffer;
import java.util.List;

/** Any datagram as a beacon. */
public final class BeaconFuzz {
  private BeaconFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] datagram) {
    if (accepted(BeaconCodec.decode(ByteBuffer.wrap(datagram))) instanceof Beacon.Announce beacon) {
      roundTrip(beacon);
    }
  }

  /** Services may be left out for want of room; all else comes back. */
  private static void roundTrip(Beacon.Announce beacon) {
    byte[] bytes;
    try {
      bytes = BeaconCodec.encode(beacon);
    } catch (IllegalArgumentException noRoom) {
      require(length(beacon) > BeaconCodec.SEND_LIMIT / 4, "no room for a short beacon");
      return;
    }
    require(bytes.length <= BeaconCodec.SEND_LIMIT, "a beacon of " + bytes.length + " bytes");
    Beacon.Announce again = (Beacon.Announce) value(BeaconCodec.decode(ByteBuffer.wrap(bytes)));
    List<Beacon.Service> first = beacon.services().subList(0, again.services().size());
    same(with(beacon, first), again);
  }

  private static int length(Beacon.Announce beacon) {
    return with(beacon, List.of()).toString().length();
  }

  private static Beacon.Announce with(Beacon.Announce beacon, List<Beacon.Service> services) {
    return new Beacon.Announce(
        beacon.machineId(),
        beacon.hostname(),
        beacon.primaryIp(),
        beacon.clusterId(),
        beacon.clusterName(),
        beacon.websocketPort(),
        services,
        beacon.timestamp(),
        beacon.extension());
  }
}

package dev.caelum.node;

import dev.caelum.beacon.BeaconPortInUse;
import dev.caelum.beacon.BeaconSockets;
import dev.caelum.beacon.DatagramIntake;
import dev.caelum.beacon.SourceStanding;
import dev.caelum.cli.StartFailed;
import dev.caelum.cluster.Input;
import dev.caelum.config.NodeConfig;
import dev.caelum.discovery.BeaconDiscovery;
import dev.caelum.discovery.DialPolicy;
import dev.caelum.wire.ProbeCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What goes over UDP: beacons and probes, and the sockets that carry both. */
final class BeaconParts {
  /** Where old nodes send their second kind of beacon. */
  private static final List<Integer> OLD_BEACON_PORTS = List.of(8_081, 8_083, 8_084, 8_085);

  private final Supplier<Set<InetAddress>> members;
  private final BeaconDiscovery beacons;
  private final DialPolicy policy;
  private final ProbeTraffic probes;
  private final DatagramIntake intake;
  private final BeaconSockets sockets;
  private final FutureTask<Boolean> bound = new FutureTask<>(this::bind);

  /**
   * Opens nothing yet.
   *
   * @param inputs takes what is heard
   * @param members addresses that are served before strangers'
   * @param troubled is told that something could not be sent
   */
  BeaconParts(
      NodeConfig config,
      SelfState self,
      ScheduledExecutorService timer,
      Consumer<Input> inputs,
      Supplier<Set<InetAddress>> members,
      Runnable troubled) {
    this.members = members;
    this.beacons = new BeaconDiscovery(self, inputs, timer, this::sockets, troubled);
    this.policy = new DialPolicy(() -> sockets().attached(), address -> sockets().isOwn(address));
    this.probes =
        new ProbeTraffic(
            (bytes, target) -> sockets().sendTo(bytes, target), policy, inputs, beacons);
    this.intake = new DatagramIntake(probes, ProbeCodec::matches, this::standing, System::nanoTime);
    this.sockets =
        new BeaconSockets(config.beaconPort(), config.interfaces(), OLD_BEACON_PORTS, intake);
  }

  /** Begins to open the sockets, beside what else is to be opened. */
  void open() {
    Thread.ofVirtual().name("bind beacons").start(bound);
  }

  private boolean bind() throws IOException {
    sockets.start();
    return true;
  }

  /**
   * Waits until the sockets are open.
   *
   * @throws StartFailed when they cannot be
   */
  void awaitOpen() throws StartFailed {
    try {
      bound.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailed("The start was interrupted.", e);
    } catch (ExecutionException e) {
      Throwable why = e.getCause();
      throw new StartFailed(
          why instanceof BeaconPortInUse
              ? String.valueOf(why.getMessage())
              : "Beacons cannot be received: " + why,
          why);
    }
  }

  private SourceStanding standing(InetAddress source) {
    if (sockets.isOwn(source)) {
      return SourceStanding.OWN;
    }
    return members.get().contains(source) ? SourceStanding.MEMBER : SourceStanding.STRANGER;
  }

  BeaconDiscovery beacons() {
    return beacons;
  }

  DialPolicy policy() {
    return policy;
  }

  ProbeTraffic probes() {
    return probes;
  }

  DatagramIntake intake() {
    return intake;
  }

  BeaconSockets sockets() {
    return sockets;
  }
}

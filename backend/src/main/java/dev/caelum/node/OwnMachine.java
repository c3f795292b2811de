package dev.caelum.node;

import dev.caelum.cli.Caelum;
import dev.caelum.cli.StartFailed;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.ProbeAddress;
import dev.caelum.cluster.Self;
import dev.caelum.config.NodeConfig;
import dev.caelum.host.DataFolder;
import dev.caelum.host.HostNames;
import dev.caelum.host.Identity;
import dev.caelum.host.MachineReader;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;

/** Who this node is, on which machine, and where others reach it. */
final class OwnMachine implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(OwnMachine.class.getName());
  private static final RandomGenerator COOKIES = new SecureRandom();

  private final DataFolder folder;
  private final PrimaryAddress primary;
  private final Identity identity;
  private final String version = Caelum.version();
  private final MachineReader reader;
  private final int port;
  private final SelfState self;

  /**
   * Takes the data folder for this process alone and reads there who this node is, or decides it on
   * the first start.
   *
   * @throws StartFailed when the data folder cannot be used or no port is free; in one line
   */
  static OwnMachine open(NodeConfig config) throws StartFailed {
    DataFolder folder;
    try {
      folder = DataFolder.open(config.data());
    } catch (IOException e) {
      throw new StartFailed(String.valueOf(e.getMessage()), e);
    }
    try {
      return new OwnMachine(config, folder);
    } catch (IOException e) {
      release(folder);
      throw new StartFailed("The node could not start: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      release(folder);
      throw e;
    }
  }

  private OwnMachine(NodeConfig config, DataFolder folder) throws IOException {
    this.folder = folder;
    this.primary = new PrimaryAddress(config);
    String hostname = HostNames.own();
    this.identity = Identity.load(folder, config.clusterName(), hostname, primary.get());
    identity.notes().forEach(LOG::warning);
    this.reader = new MachineReader(identity, hostname, version, config.data(), Clock.systemUTC());
    MachineInfo facts = reader.quick(primary.get());
    this.port = config.port() == 0 ? ClusterPort.free() : config.port();
    int dialledAt = config.advertise().map(NodeConfig.HostPort::port).orElse(port);
    this.self =
        new SelfState(
            new Self(
                identity.machineId(),
                identity.instance(),
                identity.clusterNameExplicit() ? identity.clusterName() : null,
                new Endpoint(facts.primaryIp(), dialledAt),
                new ProbeAddress(
                    config.beaconPort(), COOKIES.nextLong(1, ProbeAddress.COOKIE_LIMIT)),
                facts));
  }

  /** What this node keeps; released by {@link #close}. */
  DataFolder folder() {
    return folder;
  }

  Identity identity() {
    return identity;
  }

  /** The version of this program. */
  String version() {
    return version;
  }

  /** The TCP port of links and API. */
  int port() {
    return port;
  }

  /** This node as it is now. */
  SelfState self() {
    return self;
  }

  /** Reads this machine's facts anew. */
  MachineInfo read() {
    return reader.read(primary.get());
  }

  @Override
  public void close() {
    release(folder);
  }

  private static void release(DataFolder folder) {
    try {
      folder.close();
    } catch (IOException e) {
      LOG.warning("The data folder could not be released: " + e.getMessage());
    }
  }
}

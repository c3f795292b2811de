package dev.caelum.node;

import dev.caelum.beacon.Interfaces;
import dev.caelum.config.NodeConfig;
import dev.caelum.config.NodeConfig.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.util.function.Supplier;

/**
 * The address by which others reach this machine best: the advertised one, else the one of the
 * usual route.
 */
final class PrimaryAddress implements Supplier<String> {
  private static final String NONE = "127.0.0.1";

  private final NodeConfig config;

  PrimaryAddress(NodeConfig config) {
    this.config = config;
  }

  @Override
  public String get() {
    return config
        .advertise()
        .filter(PrimaryAddress::isAddress)
        .map(HostPort::host)
        .orElseGet(this::used);
  }

  private static boolean isAddress(HostPort advertised) {
    return advertised.literal().filter(address -> !address.isAnyLocalAddress()).isPresent();
  }

  private String used() {
    try {
      return Interfaces.primaryAddress(
              Interfaces.choose(Interfaces.read(), config.interfaces()).usable())
          .map(InetAddress::getHostAddress)
          .orElse(NONE);
    } catch (IOException e) {
      return NONE;
    }
  }
}

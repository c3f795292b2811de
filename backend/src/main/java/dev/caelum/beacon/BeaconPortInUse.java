package dev.caelum.beacon;

import dev.caelum.host.PortOwner;
import dev.caelum.host.PortOwner.Owner;
import dev.caelum.host.SocketTable.Protocol;
import java.io.IOException;
import java.util.Optional;

/** The beacon port is held by a process that does not share it. */
public final class BeaconPortInUse extends IOException {
  private static final long serialVersionUID = 1;

  private final int port;

  BeaconPortInUse(int port, Throwable cause) {
    super(message(port, PortOwner.find(Protocol.UDP, port)), cause);
    this.port = port;
  }

  /** The UDP port that could not be bound. */
  public int port() {
    return port;
  }

  static String message(int port, Optional<Owner> owner) {
    return "UDP port "
        + port
        + " is in use by "
        + owner.map(Owner::toString).orElse("another process")
        + ", which does not share it";
  }
}

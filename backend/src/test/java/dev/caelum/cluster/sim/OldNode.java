package dev.caelum.cluster.sim;

import dev.caelum.cluster.Announcement;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.NodeId;
import dev.caelum.cluster.Registration;
import java.time.Duration;
import java.util.List;

/**
 * An old node: announces itself under the id that all of them share, never dials, has no goodbye.
 */
final class OldNode extends Program {
  static final NodeId ID = new NodeId("caelum-00000000");

  OldNode(World world, String name, Host host, int port) {
    super(world, name, host, port);
  }

  void start() {
    world.processes.add(this);
    beacon();
  }

  private void beacon() {
    // An old dashboard says 8080, wherever it listens.
    Endpoint says = new Endpoint(host.address, 8080);
    world.network.spread(
        host,
        new Datagram(
            new Announcement(
                ID,
                null,
                0,
                0,
                null,
                "vm",
                "127.0.0.1",
                "c",
                "caelum-vm-1",
                Duration.ofSeconds(15),
                List.of()),
            says,
            false));
    after(15 * World.SECOND, this::beacon);
  }

  @Override
  void datagram(Datagram datagram) {}

  @Override
  void accepted(Connection connection) {}

  @Override
  void frame(Connection connection, Message message) {
    switch (message) {
      case Message.Register register ->
          connection.send(
              this,
              new Message.Welcome(
                  new Registration(
                      ID,
                      null,
                      0,
                      null,
                      null,
                      0,
                      0,
                      null,
                      Machines.named(ID.value(), host.address))));
      case Message.Ping ping -> connection.send(this, new Message.Pong(ping.sentAt()));
      case Message.Welcome welcome -> {}
      case Message.Pong pong -> {}
      case Message.Heartbeat heartbeat -> {}
      case Message.Ask ask -> {}
      case Message.Machines machines -> {}
      case Message.Rumors rumors -> {}
      case Message.Digest digest -> {}
      case Message.Lines lines -> {}
      case Message.Goodbye goodbye -> {}
      case Message.End end -> throw new IllegalStateException("an end is no frame");
    }
  }

  @Override
  void closed(Connection connection, int code, String reason) {}
}

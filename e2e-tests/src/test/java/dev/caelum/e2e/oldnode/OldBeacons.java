package dev.caelum.e2e.oldnode;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The old node's UDP: a beacon every 15 s to the group, to 255.255.255.255 and to the broadcast
 * address of its /24; reads at most 4,096 bytes; takes beacons with its own id for its own; never
 * dials.
 */
final class OldBeacons implements AutoCloseable {
  static final String GROUP = "239.255.43.21";
  private static final int PERIOD_SECONDS = 15;
  private static final int MAX_READ = 4_096;

  private final Supplier<JsonObject> beacon;
  private final InetAddress address;
  private final int port;
  private final Ledger ledger;
  private final Acquaintances machines;
  private final DatagramChannel in;
  private final DatagramChannel out;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  OldBeacons(
      Supplier<JsonObject> beacon, String address, int port, Ledger ledger, Acquaintances machines)
      throws IOException {
    this.beacon = beacon;
    this.address = InetAddress.getByName(address);
    this.port = port;
    this.ledger = ledger;
    this.machines = machines;
    in = DatagramChannel.open(StandardProtocolFamily.INET);
    out = DatagramChannel.open(StandardProtocolFamily.INET);
  }

  void start() throws IOException {
    NetworkInterface network = NetworkInterface.getByInetAddress(address);
    in.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    in.bind(new InetSocketAddress(port));
    in.join(InetAddress.getByName(GROUP), network);
    out.setOption(StandardSocketOptions.SO_BROADCAST, true);
    out.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 1);
    out.setOption(StandardSocketOptions.IP_MULTICAST_IF, network);
    Thread.ofPlatform().daemon().name("beacons-in").start(this::receive);
    var _ = clock.scheduleAtFixedRate(this::send, 0, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  private void send() {
    byte[] datagram = beacon.get().toString().getBytes(StandardCharsets.UTF_8);
    String subnet = address.getHostAddress();
    subnet = subnet.substring(0, subnet.lastIndexOf('.')) + ".255";
    for (String target : List.of(GROUP, "255.255.255.255", subnet)) {
      try {
        out.send(ByteBuffer.wrap(datagram), new InetSocketAddress(target, port));
      } catch (IOException _) {
        ledger.unanswered("beacon to " + target + " not sent");
      }
    }
  }

  private void receive() {
    ByteBuffer buffer = ByteBuffer.allocate(MAX_READ);
    while (in.isOpen()) {
      try {
        buffer.clear();
        if (in.receive(buffer) instanceof InetSocketAddress source) {
          String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
          handle(text, source.getAddress().getHostAddress());
        }
      } catch (ClosedChannelException _) {
        return;
      } catch (IOException _) {
        ledger.unanswered("receive failed");
      }
    }
  }

  /** Takes one datagram as the old node does. */
  void handle(String text, String source) {
    Optional<JsonObject> parsed = OldWire.parse(text);
    if (parsed.isEmpty()) {
      ledger.dropped("datagram: no JSON object", source, text);
      return;
    }
    JsonObject object = parsed.get();
    if (!object.containsKey("message_type")) {
      // The second dialect would be listed as another machine; other JSON is ignored in silence.
      ledger.received(object.containsKey("type") ? "cluster_beacon" : "other_json");
      return;
    }
    Optional<String> fault = OldWire.BEACON.fault(object);
    if (fault.isPresent()) {
      ledger.dropped(fault.get(), source, text);
    } else if (object.getString("machine_id").equals(OldMachine.ID)) {
      ledger.received("own_beacon");
    } else {
      ledger.received("beacon");
      machines.heard(object.getString("machine_id"), source);
    }
  }

  @Override
  public void close() throws IOException {
    clock.shutdownNow();
    in.close();
    out.close();
  }
}

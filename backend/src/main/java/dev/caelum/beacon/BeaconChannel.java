package dev.caelum.beacon;

import dev.caelum.beacon.SocketKey.Role;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import org.jspecify.annotations.Nullable;

/** One open socket of the plan. */
final class BeaconChannel implements AutoCloseable {
  /**
   * Asked for; Linux grants at most {@code net.core.rmem_max}. A burst waits here while the receive
   * thread is held up.
   */
  static final int RECEIVE_BUFFER = 4 * 1024 * 1024;

  private final SocketKey key;
  private final DatagramChannel channel;
  private @Nullable MembershipKey membership;

  private BeaconChannel(SocketKey key, DatagramChannel channel) {
    this.key = key;
    this.channel = channel;
  }

  /**
   * Opens the socket that {@code key} describes.
   *
   * @param shared whether others may bind the same address and port
   */
  static BeaconChannel open(SocketKey key, boolean shared) throws IOException {
    boolean ipv6 = key.address() instanceof Inet6Address;
    DatagramChannel channel = channelFor(key.role(), ipv6);
    BeaconChannel opened = new BeaconChannel(key, channel);
    try {
      opened.configure(shared, ipv6);
      return opened;
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e instanceof IOException io ? io : new IOException(e);
    }
  }

  private static DatagramChannel channelFor(SocketKey.Role role, boolean ipv6) throws IOException {
    try {
      return switch (role) {
        // On Linux the JDK refuses to bind an IPv4 socket to 255.255.255.255 or 127.255.255.255,
        // though the kernel would; a dual-stack socket may, and hears IPv4 all the same.
        case BROADCAST, LIMITED -> DatagramChannel.open();
        case UNICAST, GROUP, ANY, ALSO ->
            DatagramChannel.open(ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
      };
    } catch (UnsupportedOperationException e) {
      throw new IOException("IPv6 is switched off", e);
    }
  }

  private void configure(boolean shared, boolean ipv6) throws IOException {
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.SO_REUSEADDR, shared);
    channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
    NetworkInterface own =
        key.interfaceName().isEmpty() ? null : NetworkInterface.getByName(key.interfaceName());
    if (own == null && !key.interfaceName().isEmpty()) {
      throw new IOException("interface " + key.interfaceName() + " is gone");
    }
    bind(bindAddress(ipv6, own));
    if (own == null) {
      return;
    }
    if (key.role() == Role.UNICAST) {
      channel.setOption(StandardSocketOptions.SO_BROADCAST, !ipv6);
      // Without it a machine that has no default route cannot reach the group at all, and one with
      // several interfaces reaches it by one of them only.
      channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, own);
      channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 1);
      channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
    }
    if (joins()) {
      membership = channel.join(key.address(), own);
    }
  }

  private void bind(InetAddress address) throws IOException {
    try {
      channel.bind(new InetSocketAddress(address, key.port()));
    } catch (BindException e) {
      if (key.role() != SocketKey.Role.LIMITED) {
        throw e;
      }
      // A kernel without IPv6 has no dual-stack sockets. The wildcard hears the directed broadcasts
      // too, which then are copies.
      channel.bind(new InetSocketAddress(Addresses.ANY_IPV4, key.port()));
    }
  }

  private boolean joins() {
    return switch (key.role()) {
      case GROUP, ANY -> true;
      case UNICAST, BROADCAST, LIMITED, ALSO -> false;
    };
  }

  /** A link-local IPv6 group must be bound with its interface, so that only that one is heard. */
  private InetAddress bindAddress(boolean ipv6, @Nullable NetworkInterface own) throws IOException {
    if (key.role() == Role.ANY) {
      return ipv6 ? Addresses.ANY_IPV6 : Addresses.ANY_IPV4;
    }
    if (ipv6 && own != null) {
      return Inet6Address.getByAddress(null, key.address().getAddress(), own);
    }
    return key.address();
  }

  SocketKey key() {
    return key;
  }

  DatagramChannel channel() {
    return channel;
  }

  /** Sends now or not at all; a full send buffer is a failure. Any thread may call. */
  void send(byte[] payload, InetSocketAddress target) throws IOException {
    if (channel.send(ByteBuffer.wrap(payload), target) == 0) {
      throw new IOException("send buffer full");
    }
  }

  /** What the system granted of {@link #RECEIVE_BUFFER}, in bytes. */
  int receiveBuffer() throws IOException {
    return channel.getOption(StandardSocketOptions.SO_RCVBUF);
  }

  /**
   * Leaves and joins the group anew, which tells switches that snoop again that somebody listens:
   * where no querier asks they forget it after some minutes.
   */
  void rejoin() throws IOException {
    MembershipKey old = membership;
    NetworkInterface own = NetworkInterface.getByName(key.interfaceName());
    if (old != null && own != null) {
      old.drop();
      membership = channel.join(key.address(), own);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // A closed descriptor is all that is wanted, and there is nothing to flush.
      membership = null;
    }
  }
}

package dev.caelum.beacon;

import dev.caelum.ForkedJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/** A program that binds a UDP port, {@code alone} or {@code shared}, and prints it. */
public final class PortHolder {
  private PortHolder() {}

  public static Process start(String how) throws IOException {
    return ForkedJvm.start(PortHolder.class, how);
  }

  /** Ends when its input ends. */
  public static void main(String[] args) throws IOException {
    boolean shared = args[0].equals("shared");
    try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, shared);
      InetAddress address = InetAddress.ofLiteral(shared ? "127.0.0.1" : "0.0.0.0");
      channel.bind(new InetSocketAddress(address, 0));
      System.out.println(((InetSocketAddress) channel.getLocalAddress()).getPort());
      while (System.in.read() >= 0) {
        // Waits.
      }
    }
  }
}

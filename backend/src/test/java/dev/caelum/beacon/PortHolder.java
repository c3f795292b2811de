package dev.caelum.beacon;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;

/** A program that binds a UDP port without sharing it, prints it and waits for its end. */
final class PortHolder {
  private PortHolder() {}

  /** Ends when its input ends. */
  public static void main(String[] args) throws IOException {
    try (DatagramChannel channel = DatagramChannel.open()) {
      channel.bind(new InetSocketAddress(0));
      System.out.println(((InetSocketAddress) channel.getLocalAddress()).getPort());
      while (System.in.read() >= 0) {
        // Waits.
      }
    }
  }
}

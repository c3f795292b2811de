package dev.caelum.host;

import dev.caelum.ForkedJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A program that listens on a TCP port of loopback, prints it and waits for its end. */
final class TcpHolder {
  private TcpHolder() {}

  static Process start() throws IOException {
    return ForkedJvm.start(TcpHolder.class);
  }

  /** Ends when its input ends. */
  public static void main(String[] args) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      System.out.println(server.getLocalPort());
      while (System.in.read() >= 0) {
        // Waits.
      }
    }
  }
}

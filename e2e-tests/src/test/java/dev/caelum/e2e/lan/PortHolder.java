package dev.caelum.e2e.lan;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Another program, which has a UDP port for itself. */
final class PortHolder {
  private PortHolder() {}

  /** Starts the program on {@code host} and waits until it has the port. */
  static Child hold(Host host, int port) throws Exception {
    Path classes =
        Path.of(
            URI.create(
                PortHolder.class.getProtectionDomain().getCodeSource().getLocation().toString()));
    Child child =
        host.start(
            "holder",
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx16m",
                "-XX:-UsePerfData",
                "-cp",
                classes.toString(),
                PortHolder.class.getName(),
                String.valueOf(port)));
    Eventually.get(child::output, output -> output.contains("held"));
    return child;
  }

  public static void main(String[] args) throws IOException {
    try (DatagramSocket socket = new DatagramSocket(null)) {
      socket.setReuseAddress(false);
      socket.bind(new InetSocketAddress(Integer.parseInt(args[0])));
      System.out.println("held");
      while (System.in.read() >= 0) {
        System.out.println("still held");
      }
    }
  }
}

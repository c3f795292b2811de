package dev.caelum.e2e.lan;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Datagrams on the LAN of a lab: hears what is broadcast to port 8181 and sends anything, also in
 * the name of another machine.
 */
public final class Datagrams implements AutoCloseable {
  private static final int PORT = 8181;
  private static final int KEPT = 200;

  private final Lab lab;
  private final DatagramSocket ear;
  private final DatagramSocket mouth;
  private final Map<String, List<byte[]>> heard = new HashMap<>();
  private final List<Integer> disguises = new ArrayList<>();

  public Datagrams(Lab lab) throws IOException {
    this.lab = lab;
    ear = new DatagramSocket(null);
    ear.setReuseAddress(true);
    ear.bind(new InetSocketAddress(PORT));
    mouth = new DatagramSocket(new InetSocketAddress(Lab.HERE, 0));
    mouth.setBroadcast(true);
    Thread.ofPlatform().daemon().name("ear").start(this::listen);
  }

  private void listen() {
    byte[] buffer = new byte[65_535];
    while (!ear.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        ear.receive(packet);
        byte[] data = new byte[packet.getLength()];
        System.arraycopy(buffer, 0, data, 0, data.length);
        synchronized (heard) {
          List<byte[]> of =
              heard.computeIfAbsent(packet.getAddress().getHostAddress(), _ -> new ArrayList<>());
          if (of.size() < KEPT) {
            of.add(data);
          }
        }
      } catch (IOException _) {
        return;
      }
    }
  }

  /** What {@code source} has sent so far, oldest first. */
  List<byte[]> heardFrom(String source) {
    synchronized (heard) {
      return List.copyOf(heard.getOrDefault(source, List.of()));
    }
  }

  /** Sends one datagram from this JVM's address to port 8181 of {@code target}. */
  public void send(String target, byte[] data) throws IOException {
    mouth.send(new DatagramPacket(data, data.length, new InetSocketAddress(target, PORT)));
  }

  public void send(String target, String text) throws IOException {
    send(target, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends from another address of the LAN that this JVM takes for it. */
  public void sendFrom(int lastOctet, String target, String text) throws IOException {
    byte[] data = text.getBytes(StandardCharsets.UTF_8);
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(lab.alsoHere(lastOctet), 0))) {
      socket.setBroadcast(true);
      socket.send(new DatagramPacket(data, data.length, new InetSocketAddress(target, PORT)));
    }
  }

  /** Sends in the name of {@code source}: its address and port 8181 are written into the packet. */
  void sendAs(String source, String target, byte[] data) throws IOException {
    InetAddress from = InetAddress.getByName(source);
    int port = 20_000 + (from.hashCode() & 0x3FFF);
    if (!disguises.contains(port)) {
      disguises.add(port);
      lab.here()
          .run(
              """
              nft add table ip disguise
              nft 'add chain ip disguise out { type filter hook postrouting priority -150; }'
              nft 'add rule ip disguise out udp sport %d ip saddr set %s udp sport set 8181'
              """
                  .formatted(port, source));
    }
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(Lab.HERE, port))) {
      socket.send(new DatagramPacket(data, data.length, new InetSocketAddress(target, PORT)));
    }
  }

  @Override
  public void close() {
    ear.close();
    mouth.close();
  }
}

package dev.caelum.host;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The kernel's table of sockets in this network namespace, from {@code /proc/net}: Linux only,
 * empty elsewhere. The formats are those of the kernel's {@code proc_net_tcp} document and of
 * {@code udp4_seq_show}.
 */
public final class SocketTable {
  private static final Path NET = Path.of("/proc/net");
  private static final Path OWN_DESCRIPTORS = Path.of("/proc/self/fd");
  private static final int LISTEN = 0x0A;

  private SocketTable() {}

  /** Which of the kernel's tables. */
  public enum Protocol {
    TCP,
    UDP
  }

  /**
   * One socket.
   *
   * @param inode what {@code /proc/PID/fd} calls it
   * @param listening only ever true for TCP
   * @param drops datagrams that the kernel threw away because the receive buffer was full; 0 for
   *     TCP
   */
  public record Row(InetAddress address, int port, long inode, boolean listening, long drops) {}

  /** Whether this system has the table. */
  public static boolean readable() {
    return Files.isReadable(NET.resolve("udp"));
  }

  /** All sockets of IPv4 and IPv6; empty when the table cannot be read. */
  public static List<Row> read(Protocol protocol) {
    String name =
        switch (protocol) {
          case TCP -> "tcp";
          case UDP -> "udp";
        };
    List<Row> rows = new ArrayList<>();
    for (String file : List.of(name, name + "6")) {
      try {
        // Not by size: files of /proc say that they are empty.
        List<String> lines = Files.readAllLines(NET.resolve(file), StandardCharsets.US_ASCII);
        lines.stream().skip(1).map(SocketTable::parse).flatMap(Optional::stream).forEach(rows::add);
      } catch (IOException unreadable) {
        // No IPv6 in the kernel, or not Linux: nothing to tell.
      }
    }
    return rows;
  }

  /** The inodes of the sockets that this process holds. */
  public static Set<Long> ownInodes() {
    return inodes(OWN_DESCRIPTORS);
  }

  /** The socket inodes behind the links of {@code descriptors}; empty when they are not ours. */
  static Set<Long> inodes(Path descriptors) {
    Set<Long> found = new HashSet<>();
    try (DirectoryStream<Path> links = Files.newDirectoryStream(descriptors)) {
      for (Path link : links) {
        inode(link).ifPresent(found::add);
      }
    } catch (IOException | RuntimeException denied) {
      return found;
    }
    return found;
  }

  private static OptionalLong inode(Path link) {
    try {
      String target = Files.readSymbolicLink(link).toString();
      if (target.startsWith("socket:[") && target.endsWith("]")) {
        return OptionalLong.of(Long.parseLong(target, 8, target.length() - 1, 10));
      }
      return OptionalLong.empty();
    } catch (IOException | NumberFormatException closedMeanwhile) {
      return OptionalLong.empty();
    }
  }

  /** One line of the table; empty when it is not in the known shape. */
  static Optional<Row> parse(String line) {
    String[] field = Fields.of(line);
    if (field.length < 10) {
      return Optional.empty();
    }
    try {
      int colon = field[1].indexOf(':');
      InetAddress address = address(field[1].substring(0, colon));
      int port = Integer.parseInt(field[1], colon + 1, field[1].length(), 16);
      boolean listening = Integer.parseInt(field[3], 16) == LISTEN;
      long drops = field.length == 13 ? Long.parseLong(field[12]) : 0;
      return Optional.of(new Row(address, port, Long.parseLong(field[9]), listening, drops));
    } catch (IOException | RuntimeException unknownShape) {
      return Optional.empty();
    }
  }

  /** The kernel prints each 32-bit word of the address in the machine's own byte order. */
  private static InetAddress address(String hex) throws IOException {
    ByteBuffer words = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
      for (int i = 0; i + 4 <= words.capacity(); i += 4) {
        words.putInt(i, Integer.reverseBytes(words.getInt(i)));
      }
    }
    return InetAddress.getByAddress(words.array());
  }
}

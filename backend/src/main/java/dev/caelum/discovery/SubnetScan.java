package dev.caelum.discovery;

import dev.caelum.beacon.Subnet;
import dev.caelum.cluster.Endpoint;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Tries every address of the attached IPv4 subnets by a TCP connect, for networks that swallow
 * multicast and broadcast. It waits a moment first and does nothing when anybody answered by then.
 */
public final class SubnetScan implements DiscoveryMethod {
  /** The method's name in results. */
  public static final String NAME = "NETWORK_SCAN";

  /** How long the quicker methods have before the scan begins. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  static final int CONNECT_MILLIS = 500;
  static final int CONCURRENCY = 64;

  /** Hosts of one subnet; of a larger one, the part around this machine's own address. */
  static final int HOSTS = 1_024;

  /** Hosts of one scan, over all subnets. */
  static final int TOTAL = 4_096;

  private final Supplier<List<Subnet>> attached;
  private final Predicate<InetAddress> own;
  private final int port;

  /**
   * @param port the port that nodes usually listen on
   */
  public SubnetScan(Supplier<List<Subnet>> attached, Predicate<InetAddress> own, int port) {
    this.attached = attached;
    this.own = own;
    this.port = port;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void search(Search search) throws InterruptedException {
    search.pause(PATIENCE);
    if (search.confirmed()) {
      return;
    }
    Semaphore slots = new Semaphore(CONCURRENCY);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      for (InetAddress host : hosts(attached.get())) {
        slots.acquire();
        if (search.over()) {
          return;
        }
        threads.execute(() -> {
          try {
            if (!search.over() && listens(host)) {
              search.candidate(new Endpoint(host.getHostAddress(), port));
            }
          } finally {
            slots.release();
          }
        });
      }
      slots.acquire(CONCURRENCY);
    } finally {
      // The interrupt closes their sockets, so a stopped run leaves no connect behind.
      threads.shutdownNow();
    }
  }

  private boolean listens(InetAddress host) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      return true;
    } catch (IOException nobody) {
      return false;
    }
  }

  /** The hosts of all subnets, this machine left out, each once. */
  List<InetAddress> hosts(List<Subnet> subnets) {
    Set<InetAddress> out = new LinkedHashSet<>();
    for (Subnet subnet : subnets) {
      if (subnet.address() instanceof Inet4Address && subnet.prefixLength() < 32) {
        add(subnet, out);
      }
    }
    out.removeIf(own);
    return new ArrayList<>(out);
  }

  private static void add(Subnet subnet, Set<InetAddress> out) {
    int prefix = subnet.prefixLength();
    int size = 1 << Math.min(32 - prefix, Integer.numberOfTrailingZeros(HOSTS));
    int first = toInt(subnet.address().getAddress()) & -size;
    int mask = prefix == 0 ? 0 : -1 << (32 - prefix);
    for (int i = 0; i < size; i++) {
      int host = first + i;
      // Of a /31 both addresses are hosts (RFC 3021).
      boolean special = prefix < 31 && ((host & ~mask) == 0 || (host | mask) == -1);
      if (!special && out.size() < TOTAL) {
        out.add(toAddress(host));
      }
    }
  }

  private static int toInt(byte[] b) {
    return (b[0] & 255) << 24 | (b[1] & 255) << 16 | (b[2] & 255) << 8 | (b[3] & 255);
  }

  private static InetAddress toAddress(int value) {
    try {
      return InetAddress.getByAddress(
          new byte[] {
            (byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value
          });
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes make an IPv4 address", e);
    }
  }
}

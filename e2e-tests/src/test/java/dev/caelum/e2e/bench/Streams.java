package dev.caelum.e2e.bench;

import dev.caelum.e2e.bench.Bench.Labs;
import dev.caelum.e2e.lan.Lab;
import dev.caelum.e2e.lan.NodeProcess;
import dev.caelum.e2e.lan.WsPeer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Many readers of one event stream. */
public final class Streams {
  private static final int A_SOURCE = 10;
  private static final int FIRST_PEER = 100;
  private static final int CLIENTS_PER_SECOND = 300;
  private static final String MARK = "bench-";

  private final Load load;

  /** Each reader counts down at its snapshot; before, a change may be part of that. */
  private final CountDownLatch reading;

  private final ConcurrentHashMap<Integer, Long> sent = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Double> delays = new ConcurrentLinkedQueue<>();
  private final AtomicInteger gaps = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final List<Socket> sockets = new ArrayList<>();

  /**
   * What a node has to do meanwhile.
   *
   * @param peers machines linked with it, whose facts change in turn
   * @param clients readers of its events
   * @param stalled how many of these never read
   * @param perSecond changes a second
   */
  public record Load(int peers, int clients, int stalled, int perSecond) {}

  private Streams(Load load) {
    this.load = load;
    this.reading = new CountDownLatch(load.clients - load.stalled);
  }

  /**
   * What the readers saw.
   *
   * @param load under what
   * @param delays from the change's frame to its event at a client, ms
   * @param delivered events that arrived at a reading client
   * @param expected events that should have
   * @param open reading clients still served at the end
   * @param gaps times that a reading client was too slow
   * @param cpuPercent CPU that the node used, in percent of one core
   * @param cut clients that never read and that the node hung up on
   * @param rssBefore resident memory before, MiB
   * @param rssAfter resident memory after, MiB
   */
  public record Result(
      Load load,
      Figures delays,
      long delivered,
      long expected,
      int open,
      int gaps,
      double cpuPercent,
      int cut,
      double rssBefore,
      double rssAfter) {
    List<String> table() {
      return List.of(
          Figures.HEAD,
          delays.toString(),
          "",
          "%d clients and %d that never read, of which %d were cut; %d open, %d gaps, %d of %d events"
              .formatted(
                  load.clients - load.stalled, load.stalled, cut, open, gaps, delivered, expected),
          "CPU of the node %.0f %% of a core, RSS %.0f MiB before, %.0f MiB after"
              .formatted(cpuPercent, rssBefore, rssAfter));
    }
  }

  /**
   * Lets 500 clients from 50 addresses, a tenth of which never read, follow 100 changed machines a
   * second for {@code seconds}.
   */
  public static Result many(Lab lab, int seconds) throws Exception {
    return new Streams(new Load(10, 500, 50, 100)).measure(lab, seconds);
  }

  /** The same with 5,000 clients, a tenth of which never read, and two changes a second. */
  static Result crowd(Lab lab, int seconds) throws Exception {
    return new Streams(new Load(10, 5_000, 500, 2)).measure(lab, seconds);
  }

  /** One reader of a node that sees 3 to 1,000 machines, ten of which change a second. */
  static List<String> growth(Labs labs, int seconds) throws Exception {
    List<String> lines = new ArrayList<>(List.of(Figures.HEAD));
    for (int machines : new int[] {3, 10, 50, 200, 1_000}) {
      try (Lab lab = labs.next()) {
        Result result = new Streams(new Load(machines - 1, 1, 0, 10)).measure(lab, seconds);
        if (result.delivered != result.expected) {
          throw new IllegalStateException(String.join("\n", result.table()));
        }
        lines.add(result.delays.toString());
      }
    }
    return lines;
  }

  private Result measure(Lab lab, int seconds) throws Exception {
    // The beacon profile's heap has room for 768 readers.
    List<String> heap = load.clients > 1_000 ? List.of("env", "_JAVA_OPTIONS=-Xmx1g") : List.of();
    NodeProcess node = NodeProcess.startBy(heap, lab.host()).ready();
    List<WsPeer> peers = new ArrayList<>();
    for (int i = 0; i < load.peers; i++) {
      WsPeer peer = new WsPeer(node, lab.alsoHere(FIRST_PEER + i / A_SOURCE), "bench" + i);
      peer.register("caelum-bench" + i);
      peers.add(peer);
    }
    long begun = System.nanoTime();
    InetAddress from = lab.farHere(0);
    for (int i = 0; i < load.clients; i++) {
      if (i % A_SOURCE == 0) {
        from = lab.farHere(i / A_SOURCE);
      }
      // A node answers 500 requests a second from other machines.
      long due = begun + i * TimeUnit.SECONDS.toNanos(1) / CLIENTS_PER_SECOND;
      LockSupport.parkNanos(due - System.nanoTime());
      open(node, from, i < load.stalled);
    }
    if (!reading.await(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException(reading.getCount() + " readers got no snapshot");
    }
    double rss = node.rssMiB();
    double cpu = node.cpuSeconds();
    long start = System.nanoTime();
    int count = seconds * load.perSecond;
    for (int i = 0; i < count; i++) {
      long due = start + i * TimeUnit.SECONDS.toNanos(1) / load.perSecond;
      for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
        LockSupport.parkNanos(due - now);
      }
      change(peers.get(i % load.peers), i);
    }
    double elapsed = (System.nanoTime() - start) / 1e9;
    // The last events are on their way for as long as the slowest took so far.
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
    Figures figures =
        new Figures("change to event at a client, " + (load.peers + 1) + " machines", "ms");
    delays.forEach(figures::add);
    double used = node.cpuSeconds() - cpu;
    Result result =
        new Result(
            load,
            figures,
            delays.size(),
            (long) count * (load.clients - load.stalled),
            open.get(),
            gaps.get(),
            100 * used / elapsed,
            cut(),
            rss,
            node.rssMiB());
    for (WsPeer peer : peers) {
      peer.close();
    }
    for (Socket socket : sockets) {
      socket.close();
    }
    return result;
  }

  /** How many of those that never read find the end of what was sent to them. */
  private int cut() {
    int cut = 0;
    byte[] drained = new byte[1 << 16];
    for (Socket socket : sockets.subList(0, load.stalled)) {
      try {
        socket.setSoTimeout(1);
        int n = 0;
        while (n >= 0) {
          n = socket.getInputStream().read(drained);
        }
        cut++;
      } catch (SocketTimeoutException _) {
        // Still open.
      } catch (IOException reset) {
        cut++;
      }
    }
    return cut;
  }

  /** Announces that a machine's state changed; its role in the version field marks the change. */
  private void change(WsPeer peer, int number) throws Exception {
    String id = peer.id();
    String mark = MARK + number + "-";
    JsonObject info =
        Json.createObjectBuilder(peer.self().info())
            .add("machine_id", id)
            .add("caelum_version", mark)
            .build();
    sent.put(number, System.nanoTime());
    peer.send(
        id, "machine_heartbeat", Json.createObjectBuilder().add("machine_info", info).build());
  }

  private void open(NodeProcess node, InetAddress from, boolean stalled) throws IOException {
    Socket socket = new Socket();
    if (stalled) {
      socket.setReceiveBufferSize(4_096);
    }
    socket.bind(new InetSocketAddress(from, 0));
    socket.connect(new InetSocketAddress(node.address(), 8080));
    socket
        .getOutputStream()
        .write(
            ("GET /api/v1/events HTTP/1.1\r\nHost: " + node.address() + ":8080\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
    sockets.add(socket);
    if (!stalled) {
      open.incrementAndGet();
      Thread.ofVirtual().start(() -> read(socket));
    }
  }

  private void read(Socket socket) {
    BitSet seen = new BitSet();
    try (var reader =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith("event: gap") || line.startsWith("event:gap")) {
          gaps.incrementAndGet();
        } else if (line.startsWith("event: snapshot")) {
          reading.countDown();
        } else if (line.startsWith("data:") && line.contains("\"machine\":")) {
          note(line, seen);
        }
      }
    } catch (IOException _) {
      // The end of the measurement, or the node hung up: open tells which.
    }
    open.decrementAndGet();
  }

  /** Notes a change's first event; a later one of the same machine may still tell its mark. */
  private void note(String line, BitSet seen) {
    int at = line.indexOf(MARK) + MARK.length();
    if (at < MARK.length()) {
      return;
    }
    int number = Integer.parseInt(line, at, line.indexOf('-', at), 10);
    if (!seen.get(number)) {
      seen.set(number);
      delays.add((System.nanoTime() - Objects.requireNonNull(sent.get(number))) / 1e6);
    }
  }
}

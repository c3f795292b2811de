package dev.caelum.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.feed.FeedEvent;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * 500 readers of events, every tenth of which takes nothing, at 100 events a second. Server and
 * readers share this process, so the figures are upper bounds. {@code -Dcaelum.soak.seconds} sets
 * the length.
 */
@Tag("soak")
class EventStreamSoakTest {
  private static final int READERS = 500;
  private static final int PER_SECOND = 100;
  private static final int SECONDS = Integer.getInteger("caelum.soak.seconds", 60);
  private static final byte[] MARK = "\"hostname\":\"sent-".getBytes(StandardCharsets.US_ASCII);

  /** Counts by milliseconds of delay; the last holds all that are longer. */
  private final AtomicIntegerArray delays = new AtomicIntegerArray(10_001);

  /** The same for a thread that only sleeps: what the machine's other load alone costs. */
  private final AtomicIntegerArray control = new AtomicIntegerArray(10_001);

  private final AtomicLong received = new AtomicLong();
  private final List<Socket> sockets = new ArrayList<>();

  @Test
  void quickReadersGetEachEventInTimeWhateverTheStalledOnesDo() throws Exception {
    try (var node = new TestNode(Duration.ofSeconds(15))) {
      for (int i = 0; i < READERS; i++) {
        open(node.server.port(), i % 10 == 0);
      }
      while (node.feed.subscribers() < READERS) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
      publish(node, 2 * PER_SECOND);
      drainDelays();
      long heapBefore = heap();
      long cpuBefore = cpu();
      Thread sleeper = Thread.ofPlatform().daemon().start(this::sleep);
      publish(node, SECONDS * PER_SECOND);
      long cpu = cpu() - cpuBefore;
      sleeper.interrupt();
      long heapAfter = heap();
      int left = node.feed.subscribers();
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      System.out.printf(
          "%d readers, %d events/s, %d s: %d received, delay p50 %d ms, p99 %d ms, max %d ms;"
              + " readers left %d; heap %d MB before, %d MB after; %d %% of a core;"
              + " a thread that only sleeps: p99 %d ms, max %d ms late%n",
          READERS,
          PER_SECOND,
          SECONDS,
          received.get(),
          percentile(delays, 0.50),
          percentile(delays, 0.99),
          percentile(delays, 1),
          left,
          heapBefore >> 20,
          heapAfter >> 20,
          cpu / 10_000_000 / SECONDS,
          percentile(control, 0.99),
          percentile(control, 1));
      assertThat(percentile(delays, 0.99)).isLessThanOrEqualTo(250);
      assertThat(received.get()).isEqualTo(READERS * 9L / 10 * SECONDS * PER_SECOND);
      assertThat(heapAfter - heapBefore).isLessThan(64L << 20);
      assertThat(left).isGreaterThanOrEqualTo(READERS * 9 / 10);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private void publish(TestNode node, int count) {
    Member beta = Members.machine("caelum-beta", "192.168.7.2").build();
    long next = System.nanoTime();
    for (int i = 0; i < count; i++) {
      next += TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
      while (next > System.nanoTime()) {
        LockSupport.parkNanos(next - System.nanoTime());
      }
      Member stamped =
          Members.machine("caelum-beta", "192.168.7.2")
              .hostname("sent-" + System.nanoTime() + "-")
              .build();
      node.feed.publish(new FeedEvent.MachineChanged(stamped, beta.state()));
    }
    assertThat(beta.state()).isEqualTo(MemberState.ALIVE);
  }

  private void open(int port, boolean stalled) throws IOException {
    var socket = new Socket();
    sockets.add(socket);
    if (stalled) {
      socket.setReceiveBufferSize(4 * 1024);
    }
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket
        .getOutputStream()
        .write(
            "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
    if (!stalled) {
      Thread.ofVirtual().start(() -> read(socket));
    }
  }

  /** Finds the stamp that the hostname carries; twice an event, and only the first counts. */
  private void read(Socket socket) {
    try (InputStream in = socket.getInputStream()) {
      byte[] bytes = new byte[8 * 1024];
      int matched = 0;
      long last = 0;
      long stamp = 0;
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        for (int i = 0; i < n; i++) {
          byte b = bytes[i];
          if (matched == MARK.length) {
            if (b >= '0' && b <= '9') {
              stamp = stamp * 10 + (b - '0');
              continue;
            }
            if (stamp != last) {
              last = stamp;
              long millis = (System.nanoTime() - stamp) / 1_000_000;
              delays.incrementAndGet((int) Math.min(delays.length() - 1L, millis));
              received.incrementAndGet();
            }
            matched = 0;
            stamp = 0;
          } else {
            matched = b == MARK[matched] ? matched + 1 : b == MARK[0] ? 1 : 0;
          }
        }
      }
    } catch (IOException e) {
      // The end of the test.
    }
  }

  private void drainDelays() {
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
    for (int i = 0; i < delays.length(); i++) {
      delays.set(i, 0);
    }
    received.set(0);
  }

  private static int percentile(AtomicIntegerArray counts, double share) {
    long all = 0;
    for (int i = 0; i < counts.length(); i++) {
      all += counts.get(i);
    }
    long seen = 0;
    for (int i = 0; i < counts.length(); i++) {
      seen += counts.get(i);
      if (seen >= share * all) {
        return i;
      }
    }
    return counts.length();
  }

  private void sleep() {
    while (!Thread.currentThread().isInterrupted()) {
      long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(10);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      long late = Math.max(0, (System.nanoTime() - due) / 1_000_000);
      control.incrementAndGet((int) Math.min(control.length() - 1L, late));
    }
  }

  private static long cpu() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }

  @SuppressWarnings("ThreadPriorityCheck")
  private static long heap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}

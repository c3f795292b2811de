package dev.caelum.link;

import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.FailureCode;
import dev.caelum.link.DialOutcome.Connected;
import dev.caelum.link.DialOutcome.Failed;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Opens links to other nodes, at {@code ws://host:port/}. */
public final class Dialer implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Dialer.class.getName());

  static {
    // One dial is one connection attempt. Else the JDK's client connects again, up to five times,
    // when a peer refuses or hangs up: a victim of forged beacons would get that many, and what the
    // second attempt reports hides what the first one saw.
    System.setProperty("jdk.httpclient.disableRetryConnect", "true");
    System.setProperty("jdk.httpclient.redirects.retrylimit", "1");
    // A Host header must not carry the zone of a link-local address, which the client would send.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
  }

  private final Links links;
  private final DialGuard guard;
  private @Nullable HttpClient client;
  private @Nullable ExecutorService threads;
  private boolean closed;

  public Dialer(Links links, DialGuard guard) {
    this.links = links;
    this.guard = guard;
  }

  /**
   * Dials, and tells the outcome exactly once. Never blocks; {@code done} runs on another thread,
   * except for refusals that are known at once.
   *
   * @param timeout for connect and handshake together
   */
  public void dial(Endpoint target, Duration timeout, Consumer<DialOutcome> done) {
    long start = System.nanoTime();
    InetAddress address;
    try {
      address = InetAddress.ofLiteral(target.host());
    } catch (IllegalArgumentException e) {
      done.accept(new Failed(FailureCode.NAME, "not an IP address", 0));
      return;
    }
    String refusal = guard.refusal(address, target.port()).orElse(null);
    if (refusal != null) {
      done.accept(new Failed(FailureCode.POLICY, refusal, 0));
      return;
    }
    HttpClient http = client();
    if (http == null) {
      done.accept(new Failed(FailureCode.LOST, "this node is stopping", 0));
      return;
    }
    OutboundConnection connection =
        new OutboundConnection(links, new InetSocketAddress(address, target.port()));
    var _ =
        webSocket(http, target)
            .connectTimeout(timeout)
            .buildAsync(URI.create("ws://" + target + "/"), connection)
            .thenCompose(_ -> connection.opened())
            .handle((link, failure) -> {
              long millis = (System.nanoTime() - start) / 1_000_000;
              return link == null
                  ? DialFailures.of(failure, timeout, millis)
                  : new Connected(link, millis);
            })
            .thenAccept(done)
            .exceptionally(bug -> {
              LOG.log(Level.WARNING, "The outcome of a dial could not be handled", bug);
              return null;
            });
  }

  private static WebSocket.Builder webSocket(HttpClient http, Endpoint target) {
    WebSocket.Builder builder = http.newWebSocketBuilder();
    int zone = target.host().indexOf('%');
    return zone < 0
        ? builder
        : builder.header(
            "Host", new Endpoint(target.host().substring(0, zone), target.port()).toString());
  }

  /** Breaks every dial under way and every link that was dialled. */
  @Override
  public synchronized void close() {
    closed = true;
    if (client != null) {
      client.shutdownNow();
      client = null;
    }
    if (threads != null) {
      threads.shutdown();
      threads = null;
    }
  }

  /**
   * The client, made at the first dial: it costs a thread and some time that a test may not need.
   */
  private synchronized @Nullable HttpClient client() {
    if (closed) {
      return null;
    }
    if (client == null) {
      threads = Executors.newVirtualThreadPerTaskExecutor();
      client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              // A system-wide web proxy has no business between two nodes of a LAN.
              .proxy(HttpClient.Builder.NO_PROXY)
              .executor(threads)
              .build();
    }
    return client;
  }
}

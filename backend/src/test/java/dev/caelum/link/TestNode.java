package dev.caelum.link;

import dev.caelum.cluster.Endpoint;
import dev.caelum.link.DialOutcome.Connected;
import io.helidon.webserver.WebServer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The link half of a node on a free loopback port: server, dialer, and a recording handler. */
final class TestNode implements AutoCloseable {
  static final HandshakeRules OPEN = rules(true);

  /** Like {@link #OPEN}, with the per-source caps that loopback is else free of. */
  static final HandshakeRules CAPPED = rules(false);

  final Recorder heard = new Recorder();
  final Links links;
  final Dialer dialer;
  final WebServer server;

  TestNode() {
    this(LinkLimits.DEFAULT, OPEN);
  }

  TestNode(LinkLimits limits) {
    this(limits, OPEN);
  }

  TestNode(LinkLimits limits, HandshakeRules rules) {
    links = new Links(heard, limits);
    dialer = new Dialer(links, (_, _) -> Optional.empty());
    var builder = WebServer.builder().host("127.0.0.1").port(0).shutdownHook(false);
    builder.connectionOptions(socket -> socket.tcpNoDelay(true).socketSendBufferSize(128 << 10));
    builder.routing(routing -> routing.get("/", (_, response) -> response.send("caelum")));
    new LinkRoute(links, rules).addTo(builder);
    server = builder.build().start();
  }

  Endpoint endpoint() {
    return new Endpoint("127.0.0.1", server.port());
  }

  DialOutcome dial(Endpoint target) throws Exception {
    return dial(target, Duration.ofSeconds(3));
  }

  DialOutcome dial(Endpoint target, Duration timeout) throws Exception {
    CompletableFuture<DialOutcome> outcome = new CompletableFuture<>();
    dialer.dial(target, timeout, outcome::complete);
    return outcome.get(Recorder.PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** A link to {@code other}; both sides have been told. */
  Pair link(TestNode other) throws Exception {
    Connected connected = (Connected) dial(other.endpoint());
    PeerLink near = heard.opened();
    if (near != connected.link()) {
      throw new AssertionError("another link was opened first");
    }
    return new Pair(near, other.heard.opened());
  }

  /** Both ends of one connection. */
  record Pair(PeerLink near, PeerLink far) {}

  long count(LinkCount what) {
    return links.counters().value(what);
  }

  @Override
  public void close() {
    dialer.close();
    server.stop();
    links.close();
  }

  private static HandshakeRules rules(boolean uncapped) {
    return new HandshakeRules(
        host -> host.startsWith("127.0.0.1"),
        (origin, host) -> origin.equals("http://" + host),
        (InetAddress _) -> uncapped);
  }
}

package dev.caelum.http;

import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.FailureCode;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.NodeId;
import dev.caelum.feed.DiscoveryRun;
import dev.caelum.feed.Feed;
import dev.caelum.feed.FeedState;
import dev.caelum.feed.Finding;
import dev.caelum.feed.NodeStatus;
import dev.caelum.feed.Values;
import dev.caelum.work.TestWork;
import dev.caelum.work.WorkDesk;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.websocket.WsRouting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A node of plain values behind the real API on a real server, and a caller of it. */
final class TestNode implements NodePort, AutoCloseable {
  final List<String> asked = new CopyOnWriteArrayList<>();
  final Feed feed;
  final HttpApi api;
  final WebServer server;
  volatile List<Member> members = List.of(Members.selfNamed("alpha"));
  volatile NodeStatus status = Values.node();
  volatile DiscoveryRun discovery = Values.idle();
  volatile CompletableFuture<DiscoveryRun> discovering =
      CompletableFuture.completedFuture(discovery);
  volatile Runnable onDiscover = () -> {};
  volatile ConnectResult connectResult =
      new ConnectResult(true, null, "caelum-beta@192.168.7.2:8080", "Connected to beta.", null, 42);
  volatile List<HeardBeacon> heard = List.of();
  final Map<String, List<Finding>> findings = new ConcurrentHashMap<>();
  final TestTasks tasks;
  final WorkDesk desk = TestWork.desk();
  final TestServices services = new TestServices();
  final TestSettings settings = new TestSettings();
  final TestNotices notices = new TestNotices();
  final TestOperator operator = new TestOperator(asked);
  private final HttpClient client = HttpClient.newHttpClient();

  TestNode() {
    this(HttpApi.STUCK_READER);
  }

  TestNode(Duration stuckReader) {
    feed =
        new Feed(
            new InstanceId("0123456789abcdef"),
            () -> new FeedState(status(), snapshot(), discovery()));
    feed.start();
    tasks = new TestTasks(feed);
    var observation = Observation.of(this::status);
    var access =
        new AccessRules(
            () -> List.of("alpha", "Alpha.lan"),
            () -> List.of(InetAddress.ofLiteral("192.168.7.1")));
    api =
        new HttpApi(
            this,
            tasks.service,
            tasks.analyses,
            desk,
            services,
            Optional::empty,
            settings,
            notices,
            feed,
            access,
            OptionalInt.of(8_090),
            stuckReader);
    api.start();
    var builder = WebServer.builder().host("127.0.0.1").port(0).shutdownHook(false);
    ListenerLimits.apply(builder, 6_000);
    var webSocket = WsRouting.builder();
    api.registerLive(webSocket);
    server =
        builder
            .featuresDiscoverServices(false)
            .addFeature(observation.feature())
            .routing(api::register)
            .addRouting(webSocket)
            .build()
            .start();
  }

  String base() {
    return "http://127.0.0.1:" + server.port();
  }

  HttpResponse<String> get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  HttpResponse<String> post(String path, @Nullable String json, String... headers) {
    return send("POST", path, json, headers);
  }

  HttpResponse<String> send(String method, String path, @Nullable String json, String... headers) {
    var request = HttpRequest.newBuilder(URI.create(base() + path));
    if (json != null) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    request.method(
        method,
        json == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(json));
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(method + " " + path, e);
    }
  }

  @Override
  public void close() {
    tasks.close();
    services.close();
    client.shutdownNow();
    api.close();
    feed.close();
    server.stop();
  }

  @Override
  public ClusterSnapshot snapshot() {
    return new ClusterSnapshot(1, now(), members);
  }

  @Override
  public NodeStatus status() {
    return status;
  }

  @Override
  public DiscoveryRun discovery() {
    return discovery;
  }

  @Override
  public CompletableFuture<DiscoveryRun> discover() {
    asked.add("discover");
    onDiscover.run();
    return discovering;
  }

  @Override
  public void stopDiscovery() {
    asked.add("stop");
  }

  @Override
  public CompletableFuture<ConnectResult> connect(String host, int port) {
    asked.add("connect " + host + ":" + port);
    return CompletableFuture.completedFuture(connectResult);
  }

  @Override
  public Carried carried(long number) {
    return new Carried(1_000 * number, 2_000 * number);
  }

  @Override
  public Broadcast broadcast(String payloadJson) {
    asked.add("broadcast " + payloadJson);
    return new Broadcast("00000000-1111-2222-3333-444444444444", 3);
  }

  @Override
  public OperatorPort operator() {
    return operator;
  }

  @Override
  public List<HeardBeacon> heard() {
    return heard;
  }

  @Override
  public List<Finding> findings(String key) {
    return findings.getOrDefault(key, List.of());
  }

  @Override
  public Instant idSince() {
    return Instant.EPOCH;
  }

  @Override
  public RenewedId renewId() {
    asked.add("renew");
    return new RenewedId(new NodeId("caelum-alpha"), new NodeId("caelum-new"));
  }

  @Override
  public void restart() {
    asked.add("restart");
  }

  @Override
  public long now() {
    return 5_000_000_000L;
  }

  /** A failed connect. */
  static ConnectResult failed(FailureCode code) {
    return new ConnectResult(false, code, null, "It did not work.", "Try this.", 3);
  }
}

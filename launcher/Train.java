import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.CookieManager;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Trains the start-up (AOT) cache of a part: runs the packaged program on loopback with a temporary data folder, uses it
 * as people and peers do, and ends it, whereupon the JVM writes the cache. Exit code 0 means that the cache is there.
 *
 * <p>Arguments: part ({@code backend} or {@code ui}), project folder, cache file.
 */
final class Train {
  private static final Duration READY = Duration.ofSeconds(60);
  private static final Duration WRITTEN = Duration.ofSeconds(180);

  private final Path root;
  private final Path work;
  private final HttpClient client =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  private Train(Path root, Path work) {
    this.root = root;
    this.work = work;
  }

  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[1]);
    Path cache = Path.of(args[2]);
    Path work = Files.createTempDirectory(root.resolve("target"), "train-");
    try {
      new Train(root, work).run(args[0].equals("ui"), cache);
    } finally {
      try (var files = Files.walk(work)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
    System.exit(Files.exists(cache) ? 0 : 1);
  }

  private void run(boolean ui, Path cache) throws Exception {
    Path unfinished = work.resolve("cache");
    int port = freePort();
    int peer = freePort();
    int page = freePort();
    int beacons = freeDatagramPort();
    List<String> node = nodeOptions("a", port, beacons);
    // A cache loads all its classes at each start. Those for MCP take 20 MB, which is much for a
    // beacon: there they are loaded once a server is found.
    List<String> flags =
        List.of("-XX:AOTCacheOutput=" + unfinished, "-Dcaelum.mcp-ports=" + (ui ? peer : freePort()));
    Process trained;
    if (ui) {
      node.addFirst("dashboard");
      node.addAll(List.of("--ui-host", "127.0.0.1", "--ui-port", String.valueOf(page)));
      trained = start("ui", flags, node);
    } else {
      node.addFirst("beacon");
      trained = start("backend", flags, node);
    }
    try {
      awaitAnswer(trained, "http://127.0.0.1:" + port + "/health");
      useNode(port, peer, beacons, ui);
      if (ui) {
        usePage(page);
      }
    } finally {
      // SIGTERM: a JVM that ends in good order writes the cache.
      trained.destroy();
      if (!trained.waitFor(WRITTEN.toSeconds(), TimeUnit.SECONDS)) {
        trained.destroyForcibly().waitFor();
      }
    }
    Files.move(unfinished, cache);
  }

  /** Options of a node that speaks on loopback only. */
  private List<String> nodeOptions(String name, int port, int beacons) throws IOException {
    String loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress()).getName();
    return new ArrayList<>(
        List.of(
            "--host=127.0.0.1",
            "--port=" + port,
            "--beacon-port=" + beacons,
            "--interface=" + loopback,
            "--cluster-name=training",
            "--data=" + work.resolve(name)));
  }

  private Process start(String part, List<String> flags, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.add("@" + root.resolve("config/jvm/" + part + ".options"));
    command.addAll(flags);
    // As launcher/current.sh does: a cache serves only the class path that it was trained with.
    String jar = root.resolve(part + "/target/caelum-" + part + ".jar").toString();
    if (part.equals("ui")) {
      String libraries = root.resolve("ui/target/lib").toString();
      command.addAll(List.of("-cp", jar + ":" + libraries + "/*", "dev.caelum.ui.Main"));
    } else {
      command.addAll(List.of("-jar", jar));
    }
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    // What the user has set is for the node that follows, and may name machines to dial.
    builder.environment().keySet().removeIf(name -> name.startsWith("CAELUM_"));
    return builder.start();
  }

  /**
   * What scripts, a person at the command line and a peer do.
   *
   * @param mcp whether each finds the other's endpoint as an MCP server
   */
  private void useNode(int port, int peerPort, int beacons, boolean mcp) throws Exception {
    Process peer =
        start(
            "backend",
            List.of("-Dcaelum.mcp-ports=" + (mcp ? port : freePort())),
            withPeer(nodeOptions("b", peerPort, beacons), port));
    try {
      String api = "http://127.0.0.1:" + port + "/api/v1";
      oldNode(port);
      // Linked when both machines count as connected; a start-up cache is worth having without it, too.
      await(peer, () -> get(api + "/machines").split("\"connected\":true", -1).length > 2);
      if (mcp) {
        // Both have found each other's tools; worth having without them, too.
        await(peer, () -> get(api + "/services").split("\"state\":\"ready\"", -1).length > 2);
      }
      for (String path : List.of("/node", "/log", "/cluster/status", "/cluster/discover")) {
        get(api + path);
      }
      get("http://127.0.0.1:" + port + "/observe/metrics");
      events(api + "/events");
      start("backend", List.of(), List.of("status", "--node=http://127.0.0.1:" + port)).waitFor();
    } finally {
      peer.destroy();
      peer.waitFor(10, TimeUnit.SECONDS);
      peer.destroyForcibly();
    }
  }

  private static List<String> withPeer(List<String> options, int port) {
    options.addFirst("beacon");
    options.add("--known=127.0.0.1:" + port);
    return options;
  }

  /** Connects as nodes of the first generation do, says hello and reads the answer. */
  private void oldNode(int port) throws Exception {
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .buildAsync(URI.create("ws://127.0.0.1:" + port), new WebSocket.Listener() {})
            .get(5, TimeUnit.SECONDS);
    String ping =
        """
        {"message_id":"%s","message_type":"ping","source_machine":"caelum-00000000",\
        "target_machines":null,"timestamp":"2026-01-01T00:00:00+00:00","payload":{},"correlation_id":null}"""
            .formatted(UUID.randomUUID());
    socket.sendText(ping, true).get(5, TimeUnit.SECONDS);
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(5, TimeUnit.SECONDS);
    socket.abort();
  }

  /** What a browser asks for when it opens the page. */
  private void usePage(int port) throws Exception {
    String page = "http://127.0.0.1:" + port + "/";
    get(page);
    get(page + "?v-r=init&location=&query=");
    get(page + "api/v1/machines");
    get(page + "favicon.ico");
  }

  private void events(String uri) throws Exception {
    HttpResponse<java.io.InputStream> stream =
        client.send(request(uri), HttpResponse.BodyHandlers.ofInputStream());
    try (var body = stream.body()) {
      System.out.println(uri + ": " + stream.statusCode());
      System.out.println(new String(body.readNBytes(16), UTF_8));
    }
  }

  private String get(String uri) throws Exception {
    HttpResponse<String> answer =
        client.send(request(uri), HttpResponse.BodyHandlers.ofString(UTF_8));
    System.out.println(uri + ": " + answer.statusCode() + ", " + answer.body().length());
    return answer.body();
  }

  private static HttpRequest request(String uri) {
    return HttpRequest.newBuilder(URI.create(uri)).timeout(Duration.ofSeconds(10)).build();
  }

  private void awaitAnswer(Process process, String uri) throws Exception {
    if (!await(process, () -> !get(uri).isEmpty())) {
      throw new IOException("no answer from " + uri);
    }
  }

  private interface Check {
    boolean holds() throws Exception;
  }

  /** True as soon as the check holds; false when the process ended or the time is over. */
  private static boolean await(Process process, Check check) throws Exception {
    long end = System.nanoTime() + READY.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      try {
        if (check.holds()) {
          return true;
        }
      } catch (IOException e) {
        // Not there yet.
      }
      Thread.sleep(100);
    }
    return false;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static int freeDatagramPort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

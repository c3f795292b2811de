package dev.caelum.e2e.lan;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A packaged node that runs on a {@link Host}, started as {@code ./caelum beacon} starts it. */
public final class NodeProcess {
  private static final Path ROOT =
      Path.of(System.getProperty("caelum.root", "..")).toAbsolutePath().normalize();
  private static final Duration START = Duration.ofSeconds(30);
  private static final long POLL_NANOS = 5_000_000;

  private final Host host;
  private final String name;
  private final int port;
  private final List<String> before;
  private final List<String> arguments;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private Child child;
  private long readyNanos;

  private NodeProcess(Host host, String name, int port, List<String> before, List<String> arguments)
      throws IOException {
    this.host = host;
    this.name = name;
    this.port = port;
    this.before = before;
    this.arguments = arguments;
    child = launch();
  }

  /** Starts a node on {@code host} with its data in the host's folder; returns at once. */
  public static NodeProcess start(Host host, String... arguments) throws IOException {
    return start(host, "node", 8080, arguments);
  }

  /** Starts a node by the command {@code before}, which becomes what follows it. */
  public static NodeProcess startBy(List<String> before, Host host, String... arguments)
      throws IOException {
    return start(before, host, "node", 8080, arguments);
  }

  /** Starts one more node on {@code host}, on {@code port}, with a data folder called NAME-data. */
  static NodeProcess start(Host host, String name, int port, String... arguments)
      throws IOException {
    return start(List.of(), host, name, port, arguments);
  }

  private static NodeProcess start(
      List<String> before, Host host, String name, int port, String... arguments)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("--port", String.valueOf(port)));
    if (!Arrays.asList(arguments).contains("--data")) {
      all.addAll(List.of("--data", host.folder().resolve(name + "-data").toString()));
    }
    all.addAll(List.of(arguments));
    return new NodeProcess(host, name, port, before, all);
  }

  private Child launch() throws IOException {
    List<String> line = new ArrayList<>(before);
    line.addAll(command("beacon"));
    line.addAll(arguments);
    return host.start(name, line);
  }

  /** The command line of {@code ./caelum COMMAND}, without the launcher before it. */
  static List<String> command(String command) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("@" + ROOT.resolve("config/jvm/backend.options"));
    Path target = ROOT.resolve("backend/target");
    try (DirectoryStream<Path> caches = Files.newDirectoryStream(target, "aot-*.cache")) {
      caches.forEach(cache -> line.add("-XX:AOTCache=" + cache));
    }
    line.addAll(List.of("-Xlog:disable", "-Xlog:all=error:stderr", "-XX:-UsePerfData"));
    line.addAll(List.of("-jar", jar().toString(), command));
    return line;
  }

  /** The packaged node. */
  static Path jar() {
    return ROOT.resolve("backend/target/caelum-backend.jar");
  }

  /** The JVM options that every node runs with. */
  public static List<String> options() throws IOException {
    return Files.readAllLines(ROOT.resolve("config/jvm/backend.options")).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  /** Waits until the node answers on its port; returns itself. */
  public NodeProcess ready() throws InterruptedException, IOException {
    long limit = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < limit) {
      if (!child.alive()) {
        throw new AssertionError(host.name() + " ended at its start:\n" + child.output());
      }
      try {
        int status = send(request("/health").timeout(Duration.ofSeconds(2)).build()).statusCode();
        if (status == 200 || status == 503) {
          readyNanos = System.nanoTime();
          return this;
        }
      } catch (IOException _) {
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
    throw new AssertionError(host.name() + " does not answer after " + START);
  }

  /** When {@link #ready} saw the first answer, by {@link System#nanoTime}. */
  public long readyNanos() {
    return readyNanos;
  }

  public Host host() {
    return host;
  }

  public String address() {
    return host.address();
  }

  public Child child() {
    return child;
  }

  /** When the process was last started, by {@link System#nanoTime}. */
  public long startedNanos() {
    return child.startedNanos();
  }

  /** Kills the process with SIGKILL. */
  public void kill() {
    child.kill9();
  }

  /** Asks the process to end with SIGTERM. */
  public void terminate() {
    child.terminate();
  }

  /** Resident memory in MiB. */
  public double rssMiB() throws IOException {
    return child.rssMiB();
  }

  /** CPU time used so far, user and system, in seconds. */
  public double cpuSeconds() throws IOException {
    return child.cpuSeconds();
  }

  public URI uri() {
    return URI.create("http://" + host.address() + ":" + port + "/");
  }

  /** Everything that the node has logged. */
  public String log() throws IOException {
    return child.output();
  }

  /** Opens the node's event stream. */
  public NodeFeed feed() throws IOException, InterruptedException {
    NodeFeed feed = new NodeFeed(client, uri());
    feed.start();
    return feed;
  }

  /** Starts the node anew on the same data after its process has ended. */
  public NodeProcess again() throws IOException, InterruptedException {
    child.kill9();
    if (child.exit(Duration.ofSeconds(10)).isEmpty()) {
      throw new AssertionError(host.name() + " did not end");
    }
    child = launch();
    return this;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri().resolve(path)).timeout(Duration.ofSeconds(15));
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** The JSON object that GET {@code path} answers with, whatever its status. */
  public JsonObject get(String path) throws IOException, InterruptedException {
    String body = send(request(path).build()).body();
    try (var reader = Json.createReader(new StringReader(body))) {
      return reader.readObject();
    }
  }

  /** The sum of a metric's samples whose line holds all of {@code parts}; 0 when there is none. */
  public double metric(String metric, String... parts) throws IOException, InterruptedException {
    double sum = 0;
    for (String line : send(request("/observe/metrics").build()).body().lines().toList()) {
      if (line.startsWith(metric) && Arrays.stream(parts).allMatch(line::contains)) {
        sum += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
      }
    }
    return sum;
  }

  /** Runs {@code ./caelum COMMAND} on this node's machine and returns what it printed. */
  String cli(String command, String... arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(command(command));
    line.addAll(List.of(arguments));
    Child run = host.start("cli-" + command, line);
    if (run.exit(Duration.ofSeconds(30)).isEmpty()) {
      throw new AssertionError(command + " does not end: " + run.output());
    }
    return run.output();
  }
}

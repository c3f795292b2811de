package dev.caelum.e2e.ui;

import dev.caelum.e2e.lan.Child;
import dev.caelum.e2e.lan.Host;
import dev.caelum.e2e.lan.Lab;
import dev.caelum.e2e.lan.NodeProcess;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The packaged dashboard as {@code ./caelum dashboard} starts it, mostly on the machine of this JVM
 * and its browser: 10.32.3.254 on the lab's LAN, so that the browser is a visitor with all rights.
 */
public final class DashboardProcess implements AutoCloseable {
  private static final Path ROOT =
      Path.of(System.getProperty("caelum.root", "..")).toAbsolutePath().normalize();
  private static final int PORT = 8090;
  private static final Duration START = Duration.ofMinutes(2);
  private static final long POLL_NANOS = 20_000_000;

  private final String address;
  private final Launch launch;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private Running running;

  private interface Log {
    String read() throws IOException;
  }

  private record Running(Process process, Log log) {}

  private interface Launch {
    Running start() throws IOException;
  }

  private DashboardProcess(String address, Launch launch) throws IOException {
    this.address = address;
    this.launch = launch;
    running = launch.start();
  }

  /** Starts a node with its dashboard and waits until the page answers. */
  static DashboardProcess start(Lab lab) throws IOException, InterruptedException {
    return start(
        lab, "--interface", "lan", "--data", lab.folder().resolve("dashboard-data").toString());
  }

  /** Starts a node with {@code machines} simulated ones around it, and its dashboard. */
  public static DashboardProcess demo(Lab lab, int machines)
      throws IOException, InterruptedException {
    return start(
        lab,
        "--demo",
        String.valueOf(machines),
        "--data",
        lab.folder().resolve("dashboard-data").toString());
  }

  /** The process, as the system knows it. */
  public long pid() {
    return running.process().pid();
  }

  /** Starts a dashboard that shows {@code node} and has none of its own. */
  public static DashboardProcess showing(Lab lab, URI node)
      throws IOException, InterruptedException {
    return start(
        lab,
        "--node",
        node.toString(),
        "--data",
        lab.folder().resolve("dashboard-data").toString());
  }

  /**
   * Starts the dashboard as a web application on Payara Micro, as docs/operations.md tells, and
   * lets it show {@code node}.
   */
  static DashboardProcess onPayara(Lab lab, URI node, Path payara, Path war)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("@" + ROOT.resolve("config/jvm/payara.options"));
    line.add("-Dcaelum.node-url=" + node);
    line.addAll(List.of("-jar", payara.toString(), "--deploy", war.toString()));
    line.addAll(List.of("--contextroot", "/", "--port", String.valueOf(PORT)));
    line.addAll(List.of("--nocluster", "--nohazelcast", "--disablephonehome"));
    line.addAll(List.of("--maxhttpthreads", "256"));
    DashboardProcess dashboard =
        new DashboardProcess("127.0.0.1", () -> launch(lab.folder(), line));
    dashboard.ready();
    return dashboard;
  }

  /**
   * Starts a dashboard for {@code node} on its machine, where the browser is a visitor from
   * another.
   */
  static DashboardProcess beside(NodeProcess node) throws IOException, InterruptedException {
    Host host = node.host();
    List<String> line = line("--node", "http://127.0.0.1:8080");
    line.addAll(List.of("--data", host.folder().resolve("dashboard-data").toString()));
    DashboardProcess dashboard =
        new DashboardProcess(
            host.address(),
            () -> {
              Child child = host.start("dashboard", line);
              return new Running(child.process(), child::output);
            });
    dashboard.ready();
    return dashboard;
  }

  private static DashboardProcess start(Lab lab, String... options)
      throws IOException, InterruptedException {
    List<String> line = line(options);
    DashboardProcess dashboard =
        new DashboardProcess("127.0.0.1", () -> launch(lab.folder(), line));
    dashboard.ready();
    return dashboard;
  }

  private static List<String> line(String... options) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("@" + ROOT.resolve("config/jvm/ui.options"));
    Path target = ROOT.resolve("ui/target");
    try (DirectoryStream<Path> caches = Files.newDirectoryStream(target, "aot-*.cache")) {
      caches.forEach(cache -> line.add("-XX:AOTCache=" + cache));
    }
    line.addAll(List.of("-Xlog:aot*=off", "-Xlog:cds*=off", "-XX:-UsePerfData"));
    String path =
        target.resolve("caelum-ui.jar") + File.pathSeparator + target.resolve("lib") + "/*";
    line.addAll(List.of("-cp", path, "dev.caelum.ui.Main", "dashboard"));
    line.addAll(List.of(options));
    return line;
  }

  private static Running launch(Path folder, List<String> line) throws IOException {
    Path log = folder.resolve("dashboard.log");
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(key -> key.startsWith("CAELUM"));
    builder.environment().put("HOME", folder.toString());
    builder.directory(folder.toFile());
    return new Running(builder.start(), () -> Files.readString(log));
  }

  private void ready() throws IOException, InterruptedException {
    long limit = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < limit) {
      if (!running.process().isAlive()) {
        throw new AssertionError("the dashboard ended at its start:\n" + log());
      }
      try {
        if (get("health").statusCode() < 500 && get("").statusCode() == 200) {
          return;
        }
      } catch (IOException _) {
        // not listening yet
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    throw new AssertionError("the dashboard does not answer after " + START + ":\n" + log());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri().resolve(path)).timeout(Duration.ofSeconds(10)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** The first header {@code name} of the answer to {@code path}; empty when it has none. */
  String header(String path, String name) throws IOException, InterruptedException {
    return get(path).headers().firstValue(name).orElse("");
  }

  /** Where it is reached. */
  public URI uri() {
    return URI.create("http://" + address + ":" + PORT + "/");
  }

  /** Kills the process with SIGKILL and waits for its end. */
  public void kill() {
    running.process().destroyForcibly().onExit().join();
  }

  /** Starts it anew on the same data, after its end. */
  public void again() throws IOException, InterruptedException {
    running = launch.start();
    ready();
  }

  /** What it has logged. */
  String log() throws IOException {
    return running.log().read();
  }

  @Override
  public void close() {
    kill();
    client.shutdownNow();
  }
}

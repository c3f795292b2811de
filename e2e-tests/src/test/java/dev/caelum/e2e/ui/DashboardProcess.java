package dev.caelum.e2e.ui;

import dev.caelum.e2e.lan.Lab;
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
 * The packaged dashboard as {@code ./caelum dashboard} starts it, on the machine of this JVM and
 * its browser: 10.32.3.254 on the lab's LAN, so that the browser is a visitor with all rights.
 */
final class DashboardProcess implements AutoCloseable {
  private static final Path ROOT =
      Path.of(System.getProperty("caelum.root", "..")).toAbsolutePath().normalize();
  private static final int PORT = 8090;
  private static final Duration START = Duration.ofSeconds(60);
  private static final long POLL_NANOS = 20_000_000;

  private final Path folder;
  private final List<String> line;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private Process process;

  private DashboardProcess(Path folder, List<String> line) throws IOException {
    this.folder = folder;
    this.line = line;
    process = launch();
  }

  /** Starts a node with its dashboard and waits until the page answers. */
  static DashboardProcess start(Lab lab) throws IOException, InterruptedException {
    return start(
        lab, "--interface", "lan", "--data", lab.folder().resolve("dashboard-data").toString());
  }

  /** Starts a dashboard that shows {@code node} and has none of its own. */
  static DashboardProcess showing(Lab lab, URI node) throws IOException, InterruptedException {
    return start(lab, "--node", node.toString());
  }

  private static DashboardProcess start(Lab lab, String... options)
      throws IOException, InterruptedException {
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
    DashboardProcess dashboard = new DashboardProcess(lab.folder(), line);
    dashboard.ready();
    return dashboard;
  }

  private Process launch() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("dashboard.log").toFile()));
    builder.environment().keySet().removeIf(key -> key.startsWith("CAELUM"));
    builder.environment().put("HOME", folder.toString());
    return builder.start();
  }

  private void ready() throws IOException, InterruptedException {
    long limit = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < limit) {
      if (!process.isAlive()) {
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

  URI uri() {
    return URI.create("http://127.0.0.1:" + PORT + "/");
  }

  /** Kills the process with SIGKILL and waits for its end. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Starts it anew on the same data, after its end. */
  void again() throws IOException, InterruptedException {
    process = launch();
    ready();
  }

  /** What it has logged. */
  String log() throws IOException {
    return Files.readString(folder.resolve("dashboard.log"));
  }

  @Override
  public void close() {
    kill();
    client.shutdownNow();
  }
}

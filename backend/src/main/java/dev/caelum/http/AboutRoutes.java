package dev.caelum.http;

import dev.caelum.feed.NodeStatus;
import dev.caelum.host.Libraries;
import dev.caelum.host.Library;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What this program is: version, Java, where its data are, and whose work is in it. */
final class AboutRoutes {
  private final NodePort node;
  private final SettingsPort settings;
  private final Libraries libraries = new Libraries();

  AboutRoutes(NodePort node, SettingsPort settings) {
    this.node = node;
    this.settings = settings;
  }

  /**
   * About this program.
   *
   * @param licence of this program itself
   * @param dataFolder null for callers on other machines
   * @param dataFreeBytes what is free there; null when that cannot be told
   */
  public record AboutView(
      String version,
      String licence,
      String java,
      String javaVendor,
      String system,
      long pid,
      String startedAt,
      double uptimeSeconds,
      @Nullable String dataFolder,
      @Nullable Long dataFreeBytes,
      List<Library> libraries) {}

  void register(Routes routes) {
    routes.get(HttpApi.BASE + "/about", request -> Reply.ok(about(request)));
  }

  private AboutView about(ServerRequest request) {
    NodeStatus status = node.status();
    boolean local = request.context().get(AccessRules.Caller.class).orElseThrow().local();
    Path data = settings.file().toAbsolutePath().getParent();
    return new AboutView(
        status.version(),
        "Apache-2.0",
        System.getProperty("java.version", ""),
        System.getProperty("java.vendor", ""),
        System.getProperty("os.name", "") + " " + System.getProperty("os.arch", ""),
        ProcessHandle.current().pid(),
        status.startedAt().toString(),
        Words.seconds(Duration.between(status.startedAt(), Instant.now()).toNanos()),
        local ? String.valueOf(data) : null,
        free(data),
        libraries.all());
  }

  private static @Nullable Long free(@Nullable Path folder) {
    try {
      return folder == null ? null : (Long) Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      return null;
    }
  }
}

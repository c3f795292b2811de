package dev.caelum.http;

import dev.caelum.cluster.Member;
import dev.caelum.host.DataFolder;
import dev.caelum.mcp.PortBook;
import dev.caelum.mcp.ServiceWatch;
import dev.caelum.service.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Services as they are told, and a real book of ports in a folder of its own. */
final class TestServices implements ServicePort, AutoCloseable {
  /** Two ports that nobody else uses. */
  static final Set<Integer> PORTS = Set.of(8_118, 8_119);

  volatile List<Service> own = List.of();
  volatile List<Service> others = List.of();
  private final Path path;
  private final DataFolder folder;
  private final ServiceWatch watch = new ServiceWatch(PORTS, _ -> {}, () -> {});
  private final PortBook book;

  TestServices() {
    try {
      path = Files.createTempDirectory("services");
      folder = DataFolder.open(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    book = new PortBook(folder, watch, () -> {});
  }

  @Override
  public Optional<List<Service>> of(Member member) {
    return member.self() || !member.legacy()
        ? Optional.of(member.self() ? own : others)
        : Optional.empty();
  }

  @Override
  public CompletableFuture<Void> check() {
    return watch.check();
  }

  @Override
  public NavigableSet<Integer> ports() {
    return watch.ports();
  }

  @Override
  public ServiceWatch.Call call(
      Member member,
      int port,
      String tool,
      String arguments,
      Duration deadline,
      Consumer<ServiceWatch.Progress> progress) {
    String result =
        "{\"content\":[{\"type\":\"text\",\"text\":\"%s on %s\"}]}"
            .formatted(tool, member.hostname());
    return new ServiceWatch.Call(CompletableFuture.completedFuture(result), _ -> {});
  }

  @Override
  public PortBook book() {
    return book;
  }

  @Override
  public void close() {
    watch.close();
    try {
      folder.close();
      try (Stream<Path> files = Files.walk(path)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

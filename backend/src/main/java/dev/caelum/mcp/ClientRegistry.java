package dev.caelum.mcp;

import dev.caelum.service.Service;
import dev.caelum.service.ServiceState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Logger;

/**
 * The servers that configuration files of clients name. Looks at the files every 2 s and reads the
 * ones that changed. Servers of this machine with an address are given to the watch, which asks
 * them; the others are listed as they stand there, and never started.
 */
public final class ClientRegistry implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ClientRegistry.class.getName());
  private static final long LOOK_MILLIS = 2_000;

  private final List<Path> files;
  private final int ownPort;
  private final ServiceWatch watch;
  private final Consumer<Service> changed;
  private final Runnable gone;

  /** In the order of the files, for the first one that names a server counts. */
  private final Map<Path, Read> read = new LinkedHashMap<>();

  private final CountDownLatch closing = new CountDownLatch(1);
  private Map<String, Service> listed = new TreeMap<>();

  /** How a file was when it was read; a file that is not there has neither time nor size. */
  private record Stamp(FileTime time, long size) {
    static final Stamp MISSING = new Stamp(FileTime.fromMillis(0), -1);
  }

  /**
   * @param servers what it named when it could be used last
   * @param problem what is wrong with it now; empty when nothing is
   */
  private record Read(Stamp stamp, List<ConfiguredServer> servers, String problem) {}

  /**
   * @param ownPort this node's own port; a client that names its endpoint names no server
   * @param changed hears of every listed service that is new or different; must be quick
   * @param gone a listed service stands in no file any more; must be quick
   */
  public ClientRegistry(
      List<Path> files, int ownPort, ServiceWatch watch, Consumer<Service> changed, Runnable gone) {
    this.files = List.copyOf(files);
    this.ownPort = ownPort;
    this.watch = watch;
    this.changed = changed;
    this.gone = gone;
  }

  /** Begins to look; does nothing without files. Call once. */
  public void start() {
    if (!files.isEmpty()) {
      Thread.ofVirtual().name("mcp registry").start(this::run);
    }
  }

  private void run() {
    try {
      do {
        look();
      } while (!closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The servers that only stand in a file, by name. */
  public synchronized List<Service> services() {
    return List.copyOf(listed.values());
  }

  /** What is wrong with the files, a sentence each. */
  public synchronized List<String> problems() {
    return read.values().stream().map(Read::problem).filter(problem -> !problem.isEmpty()).toList();
  }

  /** Reads the files that changed. */
  synchronized void look() {
    boolean different = false;
    for (Path file : files) {
      Stamp stamp = stamp(file);
      Read before = read.get(file);
      if (before == null || !before.stamp().equals(stamp)) {
        read.put(file, read(file, stamp, before == null ? List.of() : before.servers()));
        different = true;
      }
    }
    if (different) {
      apply();
    }
  }

  private static Stamp stamp(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(now.lastModifiedTime(), now.size());
    } catch (IOException e) {
      return Stamp.MISSING;
    }
  }

  /** A file that cannot be used keeps what it named before: it may be about to be written. */
  private static Read read(Path file, Stamp stamp, List<ConfiguredServer> before) {
    try {
      return new Read(stamp, ClientFile.read(file), "");
    } catch (ClientFile.Unusable e) {
      String problem = "MCP servers of a client are not known: " + e.getMessage();
      LOG.warning(problem);
      return new Read(stamp, before, problem);
    }
  }

  private void apply() {
    Map<Integer, ConfiguredServer.Local> local = new TreeMap<>();
    Map<String, Service> now = new TreeMap<>();
    for (Read file : read.values()) {
      for (ConfiguredServer server : file.servers()) {
        switch (server) {
          case ConfiguredServer.Local one -> {
            if (one.port() != ownPort) {
              local.putIfAbsent(one.port(), one);
            }
          }
          case ConfiguredServer.Program one ->
              now.putIfAbsent(
                  one.name(),
                  service(one, "A client starts it as a program, by " + one.file() + "."));
          case ConfiguredServer.Elsewhere one ->
              now.putIfAbsent(
                  one.name(),
                  service(one, "Named in " + one.file() + "; not on this machine, so not asked."));
        }
      }
    }
    List<Service> news = new ArrayList<>();
    now.replaceAll((name, service) -> {
      Service before = listed.get(name);
      if (before != null && before.reason().equals(service.reason())) {
        return before;
      }
      news.add(service);
      return service;
    });
    boolean fewer = !now.keySet().containsAll(listed.keySet());
    listed = now;
    news.forEach(changed);
    if (fewer) {
      gone.run();
    }
    watch.configure(local);
  }

  private static Service service(ConfiguredServer server, String reason) {
    return new Service(
        0,
        server.name(),
        ServiceState.CONFIGURED,
        reason,
        null,
        null,
        true,
        System.currentTimeMillis());
  }

  @Override
  public void close() {
    closing.countDown();
  }
}

package dev.caelum.e2e.lan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of Debian's package on a {@link Host}, with one database for everybody on the
 * LAN; its files are gone when it is closed. It refuses to run as root, so it runs as the package's
 * own user.
 */
public final class Postgres implements AutoCloseable {
  private static final String NAME = "caelum";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Host host;
  private final Path programs;
  private final Path folder;
  private @Nullable Child server;

  private Postgres(Host host, Path programs, Path folder) {
    this.host = host;
    this.programs = programs;
    this.folder = folder;
  }

  /** What is missing to start one here, as one command; empty when nothing is. */
  public static String missing() throws IOException {
    return programs().isPresent()
        ? ""
        : "sudo apt-get install -y --no-install-recommends postgresql";
  }

  private static Optional<Path> programs() throws IOException {
    Path versions = Path.of("/usr/lib/postgresql");
    if (!Files.isDirectory(versions)) {
      return Optional.empty();
    }
    try (Stream<Path> found = Files.list(versions)) {
      return found
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder());
    }
  }

  /** Starts one on {@code host}; returns when it takes connections. */
  public static Postgres start(Host host) throws IOException, InterruptedException {
    // Not in the lab's folder, which may be closed to the server's user.
    Path folder = Files.createTempDirectory(Path.of("/tmp"), "caelum-postgres");
    Postgres postgres = new Postgres(host, programs().orElseThrow(), folder);
    host.sh("chown postgres '" + folder + "'");
    Path data = folder.resolve("data");
    postgres.run("initdb", "--pgdata=" + data, "--username=" + NAME, "--auth=trust", "--no-sync");
    postgres.as("sh", "-c", "echo host all all all trust >>" + data.resolve("pg_hba.conf"));
    postgres.up();
    postgres.run("createdb", "--host=" + host.address(), "--username=" + NAME, NAME);
    return postgres;
  }

  private String run(String program, String... arguments) {
    List<String> line = new ArrayList<>(List.of(programs.resolve(program).toString()));
    line.addAll(List.of(arguments));
    return as(line.toArray(String[]::new));
  }

  private String as(String... command) {
    StringBuilder line = new StringBuilder("cd '" + folder + "' &&");
    for (String word : command(List.of(command))) {
      line.append(" '").append(word).append('\'');
    }
    return host.sh(line + " 2>&1");
  }

  private static List<String> command(List<String> command) {
    List<String> line = new ArrayList<>();
    line.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"));
    line.addAll(command);
    return line;
  }

  /** Starts it, again after {@link #down}; returns when it takes connections. */
  public void up() throws IOException, InterruptedException {
    List<String> line =
        command(
            List.of(
                programs.resolve("postgres").toString(),
                "-D",
                folder.resolve("data").toString(),
                "-c",
                "listen_addresses=" + host.address(),
                "-c",
                "unix_socket_directories="));
    CountDownLatch ready = new CountDownLatch(1);
    Child started =
        host.start(
            "postgres",
            line,
            said -> {
              if (said.contains("ready to accept connections")) {
                ready.countDown();
              }
            });
    server = started;
    if (!ready.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new IOException("PostgreSQL did not start:\n" + started.output());
    }
  }

  /** Ends it at once, as a loss of power would; all its connections end. */
  public void down() throws InterruptedException {
    Child running = server;
    if (running == null) {
      return;
    }
    host.sh("kill -QUIT " + running.pid());
    if (running.exit(LIMIT).isEmpty()) {
      throw new IllegalStateException("PostgreSQL does not end");
    }
  }

  /** Its address as the setting {@code store} takes it. */
  public String url() {
    return "postgresql://%s@%s:5432/%s".formatted(NAME, host.address(), NAME);
  }

  /** What a query of one line answers. */
  public String ask(String sql) {
    return run(
        "psql",
        "--host=" + host.address(),
        "--username=" + NAME,
        "-Atc",
        sql.replace("'", "'\\''"));
  }

  @Override
  public void close() {
    Child running = server;
    if (running != null) {
      running.close();
    }
    host.sh("rm -rf '" + folder + "'");
  }
}

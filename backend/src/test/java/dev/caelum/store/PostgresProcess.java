package dev.caelum.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.caelum.config.DatabaseUrl;
import dev.caelum.config.NodeConfig.HostPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A real PostgreSQL server of Debian's package, on a free port of loopback, in a folder of its own;
 * gone when it is closed.
 */
final class PostgresProcess {
  static final String PASSWORD = "pass'word \"\u00e9";
  private static final String USER = "caelum";
  private static final long START_SECONDS = 60;

  private final Path programs;
  private final Path folder;
  private final int port;
  private @Nullable Process server;
  private int databases;

  private PostgresProcess(Path programs, Path folder, int port) {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
  }

  /** A running server; where none is installed, the test is skipped with the command to install. */
  static PostgresProcess start() throws IOException, InterruptedException {
    Optional<Path> programs = programs();
    Assumptions.assumeTrue(
        programs.isPresent(),
        "PostgreSQL is missing: sudo apt-get install -y --no-install-recommends postgresql");
    // Not in the folder of the tests' temporary files, which may be closed to the server's user.
    Path folder = Files.createTempDirectory(Path.of("/tmp"), "caelum-postgres");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    PostgresProcess process = new PostgresProcess(programs.orElseThrow(), folder, port);
    try {
      process.create();
      process.up();
      return process;
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.close();
      throw e;
    }
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

  private void create() throws IOException, InterruptedException {
    Path password = Files.writeString(folder.resolve("password"), PASSWORD, UTF_8);
    if (isRoot()) {
      var postgres =
          folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres");
      Files.setOwner(password, postgres);
      Files.setOwner(folder, postgres);
    }
    run(
        "initdb",
        "--pgdata=" + folder.resolve("data"),
        "--username=" + USER,
        "--pwfile=" + password,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync");
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  /** The server refuses to run as root. */
  private List<String> command(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(
          List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  private void run(String program, String... arguments) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command(program, arguments))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(program + ": " + said);
    }
  }

  /** Starts it, again after {@link #down}, on the same port. */
  void up() throws IOException {
    Process started =
        new ProcessBuilder(
                command(
                    "postgres",
                    "-D",
                    folder.resolve("data").toString(),
                    "-p",
                    "" + port,
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "unix_socket_directories="))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    server = started;
    BufferedReader says = started.inputReader(UTF_8);
    String line = says.readLine();
    while (line != null && !line.contains("ready to accept connections")) {
      line = says.readLine();
    }
    if (line == null) {
      throw new IOException("PostgreSQL did not start");
    }
    Thread.ofVirtual()
        .start(() -> {
          try (says) {
            while (says.readLine() != null) {
              // Its pipe must not fill.
            }
          } catch (IOException e) {
            // It is gone.
          }
        });
  }

  /** Ends it at once, as a loss of power would; connections end with it. */
  void down() throws IOException, InterruptedException {
    Process running = server;
    if (running != null && running.isAlive()) {
      run("pg_ctl", "stop", "--pgdata=" + folder.resolve("data"), "--mode=immediate");
      running.waitFor(START_SECONDS, TimeUnit.SECONDS);
    }
    server = null;
  }

  DatabaseUrl newDatabase() throws SQLException {
    String name = "test" + ++databases;
    execute("create database " + name);
    return new DatabaseUrl(USER, new HostPort("127.0.0.1", port), name);
  }

  /** Runs a command in the database of the server's own. */
  void execute(String sql) throws SQLException {
    DatabaseUrl url = new DatabaseUrl(USER, new HostPort("127.0.0.1", port), "postgres");
    try (Connection connection = new PostgresServer(url, PASSWORD).connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Ends the server and removes what it wrote. */
  void close() throws IOException, InterruptedException {
    down();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}

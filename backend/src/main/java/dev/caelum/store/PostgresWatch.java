package dev.caelum.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * One connection that says by its locks which coordinators live here, and hears when others leave
 * something to claim. Where the server can do neither, it only asks to look, every second.
 */
final class PostgresWatch implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(PostgresWatch.class.getName());

  /** The first number of the locks of coordinators; the second is the hash of the name. */
  static final int LOCKS = 0x4361656c;

  static final String CHANNEL = "caelum_tasks";
  private static final int WAIT_MILLIS = 1_000;
  private static final int WAITS_TO_POLL = 5;
  private static final long STOP_MILLIS = 2_000;

  private final PostgresServer server;
  private final PostgresServer.Features features;
  private final Runnable work;
  private final Set<String> coordinators = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable Connection> current = new AtomicReference<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  PostgresWatch(PostgresServer server, PostgresServer.Features features, Runnable work) {
    this.server = server;
    this.features = features;
    this.work = work;
    this.thread = Thread.ofPlatform().name("tasks of others").daemon(true).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** From now on, as long as this process lives, that coordinator does. */
  void lives(String coordinator) {
    coordinators.add(coordinator);
  }

  /** The lock of a coordinator; names whose hashes meet are told apart by their heartbeats. */
  static int lock(String coordinator) {
    return coordinator.hashCode();
  }

  private void run() {
    while (closed.getCount() > 0) {
      try (Connection connection = server.connect()) {
        current.set(connection);
        watch(connection);
      } catch (SQLException e) {
        LOG.fine("Nothing is heard of the tasks of others: " + e.getMessage());
      } finally {
        current.set(null);
      }
      if (pause()) {
        return;
      }
    }
  }

  private void watch(Connection connection) throws SQLException {
    if (features.listen()) {
      try (Statement listen = connection.createStatement()) {
        listen.execute("listen " + CHANNEL);
      }
    }
    Set<String> held = new HashSet<>();
    for (int waits = 0; closed.getCount() > 0; waits++) {
      if (features.locks()) {
        hold(connection, held);
      }
      boolean told = !features.listen() || told(connection);
      if (told || waits % WAITS_TO_POLL == 0) {
        // Also tells whether the server is still there.
        connection.createStatement().execute("select 1");
        work.run();
      }
      if (!features.listen() && pause()) {
        return;
      }
    }
  }

  private static boolean told(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getNotifications(WAIT_MILLIS).length > 0;
  }

  private void hold(Connection connection, Set<String> held) throws SQLException {
    for (String coordinator : coordinators) {
      if (!held.contains(coordinator)) {
        try (PreparedStatement lock =
            connection.prepareStatement("select pg_try_advisory_lock(?, ?)")) {
          lock.setInt(1, LOCKS);
          lock.setInt(2, lock(coordinator));
          try (ResultSet answer = lock.executeQuery()) {
            if (answer.next() && answer.getBoolean(1)) {
              held.add(coordinator);
            }
          }
        }
      }
    }
  }

  /** True when it is closed meanwhile. */
  private boolean pause() {
    try {
      return closed.await(WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  @Override
  public void close() {
    closed.countDown();
    Connection connection = current.get();
    if (connection != null) {
      try {
        connection.abort(Runnable::run);
      } catch (SQLException e) {
        LOG.fine("Already gone: " + e.getMessage());
      }
    }
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

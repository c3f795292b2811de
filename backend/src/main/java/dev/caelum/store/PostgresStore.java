package dev.caelum.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.caelum.config.DatabaseUrl;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.api.FlywayException;

/**
 * The journal in a PostgreSQL database that several coordinators share.
 *
 * <p>A coordinator counts as gone when it has been silent for {@link #SILENT_SECONDS} and its
 * advisory lock is free, or silent for {@link #LEASE_SECONDS} whatever its lock says; times are the
 * server's. It tells that it lives by {@link #adopt}. Being wrong costs a repeated attempt, never a
 * result: each write checks who has the task.
 */
public final class PostgresStore extends SqlStore {
  static final int SILENT_SECONDS = 12;
  static final int LEASE_SECONDS = 30;

  /** So long after its first word a coordinator may still be without its lock. */
  private static final int LOCK_SECONDS = 3;

  private static final int CONNECTIONS = 4;
  private static final int POOL_WAIT_MILLIS = 6_000;
  private static final int TRIES = 5;

  /** Held here, or its level would be forgotten. The store itself tells what is wrong, and once. */
  private static final Logger POOL_LOG = Logger.getLogger("com.zaxxer.hikari");

  private final PostgresServer server;
  private final PostgresServer.Features features;
  private final HikariDataSource pool;
  private final PostgresWatch watch;

  private PostgresStore(
      PostgresServer server,
      PostgresServer.Features features,
      HikariDataSource pool,
      Runnable work) {
    this.server = server;
    this.features = features;
    this.pool = pool;
    this.watch = new PostgresWatch(server, features, work);
  }

  /**
   * Opens the database, whose tables are made when there are none.
   *
   * @param password empty = none
   * @param work called, on another thread, when there may be something to claim
   * @throws StoreUnavailable with a sentence for people
   */
  public static PostgresStore open(DatabaseUrl url, String password, Runnable work)
      throws StoreUnavailable {
    PostgresServer server = new PostgresServer(url, password);
    try {
      return open(server, server.features(), work);
    } catch (SQLException e) {
      throw server.failure(e);
    }
  }

  static PostgresStore open(PostgresServer server, PostgresServer.Features features, Runnable work)
      throws StoreUnavailable {
    migrate(server);
    POOL_LOG.setLevel(Level.SEVERE);
    HikariConfig config = new HikariConfig();
    config.setPoolName("tasks");
    config.setDataSource(server.source());
    config.setConnectionInitSql(PostgresServer.SETTINGS);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(POOL_WAIT_MILLIS);
    // The first to ask is told when the server is away; to start the pool is no reason to fail.
    config.setInitializationFailTimeout(-1);
    PostgresStore store = new PostgresStore(server, features, new HikariDataSource(config), work);
    store.watch.start();
    return store;
  }

  private static void migrate(PostgresServer server) throws StoreUnavailable {
    try {
      Schema.migrate(server.source(), "db/postgresql", server.toString());
    } catch (FlywayException e) {
      throw e.getCause() instanceof SQLException cause
          ? server.failure(cause)
          : new StoreUnavailable(
              StoreUnavailable.Why.AWAY,
              "The tables in " + server + " cannot be made: " + e.getMessage(),
              e);
    }
  }

  @Override
  <T> T writing(Work<T> work) throws StoreUnavailable {
    for (int tries = 1; ; tries++) {
      try (Connection connection = pool.getConnection()) {
        connection.setAutoCommit(false);
        boolean done = false;
        try {
          T result = work.run(new Session(connection));
          connection.commit();
          done = true;
          return result;
        } finally {
          if (!done) {
            connection.rollback();
          }
        }
      } catch (SQLException e) {
        if (!PostgresServer.passing(e) || tries == TRIES) {
          throw server.failure(e);
        }
      }
    }
  }

  @Override
  <T> T reading(Work<T> work) throws StoreUnavailable {
    try (Connection connection = pool.getConnection()) {
      return work.run(new Session(connection));
    } catch (SQLException e) {
      throw server.failure(e);
    }
  }

  @Override
  String locked(String table) {
    return " for update of " + table + " skip locked";
  }

  @Override
  Set<String> gone(Session session, String coordinator, boolean own) throws SQLException {
    watch.lives(coordinator);
    PreparedStatement seen =
        session.prepared(
            "insert into coordinator (name, seen) values (?, clock_timestamp())"
                + " on conflict (name) do update set seen=excluded.seen");
    new Values(seen).text(coordinator);
    seen.executeUpdate();
    Set<String> gone = new LinkedHashSet<>();
    if (own) {
      // First: what it takes over from the others is its own then.
      gone.add(coordinator);
    }
    gone.addAll(silent(session, coordinator, LEASE_SECONDS));
    if (features.locks()) {
      for (String name : silent(session, coordinator, SILENT_SECONDS)) {
        if (!gone.contains(name) && lockIsFree(session, name)) {
          gone.add(name);
        }
      }
    }
    return gone;
  }

  /** Who else did not tell for so long that it lives, though the server was there to be told. */
  private List<String> silent(Session session, String coordinator, int seconds)
      throws SQLException {
    String since = " < clock_timestamp() - make_interval(secs => ?)";
    PreparedStatement silent =
        session.prepared(
            "select name from coordinator c where name<>? and seen"
                + since
                + (features.locks() ? " and pg_postmaster_start_time()" + since : "")
                + " and exists (select 1 from task where claimed=c.name)");
    Values values = new Values(silent).text(coordinator).number(seconds);
    if (features.locks()) {
      values.number(seconds);
    }
    List<String> names = new ArrayList<>();
    try (ResultSet found = silent.executeQuery()) {
      while (found.next()) {
        names.add(String.valueOf(TaskSql.text(found, 1)));
      }
    }
    return names;
  }

  /** It is ours until the end of the transaction then, so that one adopts at a time. */
  private static boolean lockIsFree(Session session, String name) throws SQLException {
    PreparedStatement lock = session.prepared("select pg_try_advisory_xact_lock(?, ?)");
    lock.setInt(1, PostgresWatch.LOCKS);
    lock.setInt(2, PostgresWatch.lock(name));
    try (ResultSet answer = lock.executeQuery()) {
      return answer.next() && answer.getBoolean(1);
    }
  }

  /**
   * Keeps all coordinators out until the end of the transaction.
   *
   * @throws StoreUnavailable one is at work
   */
  void beAlone(Session session) throws SQLException, StoreUnavailable {
    execute(session, "lock table coordinator, task in exclusive mode");
    List<String> alive = new ArrayList<>();
    PreparedStatement all =
        session.prepared(
            "select name, seen > clock_timestamp() - make_interval(secs => ?)"
                + " from coordinator order by name");
    all.setInt(1, features.locks() ? LOCK_SECONDS : LEASE_SECONDS);
    try (ResultSet found = all.executeQuery()) {
      while (found.next()) {
        String name = found.getString(1);
        if (found.getBoolean(2) || (features.locks() && !lockIsFree(session, name))) {
          alive.add(name);
        }
      }
    }
    if (!alive.isEmpty()) {
      throw new StoreUnavailable(
          StoreUnavailable.Why.AWAY,
          "Nodes work on %s, or did so less than %d s ago: %s. Stop them, and try again."
              .formatted(
                  server,
                  features.locks() ? LOCK_SECONDS : LEASE_SECONDS,
                  String.join(", ", alive)),
          null);
    }
  }

  /** Who has tasks that were copied here counts as a coordinator that is gone. */
  void knowCoordinators(Session session) throws SQLException {
    execute(
        session,
        "insert into coordinator (name, seen) select distinct claimed, timestamptz 'epoch'"
            + " from task where claimed is not null on conflict do nothing");
  }

  /** Deletes everything; a bite at a time, for a statement may take {@code 10 s} only. */
  void clear(Session session) throws SQLException {
    PreparedStatement bite =
        session.prepared("delete from task where id in (select id from task limit 5000)");
    int deleted = bite.executeUpdate();
    while (deleted > 0) {
      deleted = bite.executeUpdate();
    }
    execute(session, "delete from coordinator");
  }

  private static void execute(Session session, String sql) throws SQLException {
    session.prepared(sql).executeUpdate();
  }

  @Override
  void tellOthers(Session session) throws SQLException {
    if (features.listen()) {
      session
          .prepared("select pg_notify('" + PostgresWatch.CHANNEL + "', '')")
          .executeQuery()
          .close();
    }
  }

  @Override
  public String describe() {
    String missing =
        features.locks() && features.listen()
            ? ""
            : "; it has no %s, so this is unverified: coordinators poll, and one that is gone is"
                    .formatted(features.locks() ? "LISTEN" : "advisory locks")
                + " noticed by its lease alone";
    return "PostgreSQL, " + server + missing;
  }

  @Override
  public void close() {
    watch.close();
    pool.close();
  }
}

package dev.caelum.store;

import dev.caelum.config.DatabaseUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/** How a server is reached, what it can do, and what its errors mean. */
final class PostgresServer {
  private static final int CONNECT_SECONDS = 5;

  /** Longer than {@link #SETTINGS} lets a statement take, so that the server's word comes first. */
  private static final int ANSWER_SECONDS = 15;

  /** A commit is on the server's disk when it is answered, whatever the server is set to. */
  static final String SETTINGS =
      "set statement_timeout=10000; set lock_timeout=8000; set synchronous_commit=on";

  private static final int PROBE_MILLIS = 1_000;
  private static final String PROBE = "caelum_probe";

  private final DatabaseUrl url;
  private final PGSimpleDataSource source;

  /**
   * @param password empty = none
   */
  PostgresServer(DatabaseUrl url, String password) {
    this.url = url;
    this.source = new PGSimpleDataSource();
    source.setServerNames(new String[] {url.server().host()});
    source.setPortNumbers(new int[] {url.server().port()});
    source.setDatabaseName(url.database());
    source.setUser(url.user());
    source.setPassword(password);
    source.setApplicationName("caelum");
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setLoginTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(ANSWER_SECONDS);
    source.setTcpKeepAlive(true);
    // Or errors would quote statements with their values, payloads among them.
    source.setLogServerErrorDetail(false);
  }

  PGSimpleDataSource source() {
    return source;
  }

  /** A connection of its own, with the settings of all. */
  Connection connect() throws SQLException {
    Connection connection = source.getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute(SETTINGS);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * What several coordinators use where a server has it.
   *
   * @param locks advisory locks that exclude one another, and end with their connection
   * @param listen LISTEN and NOTIFY
   */
  record Features(boolean locks, boolean listen) {
    static final Features NONE = new Features(false, false);
  }

  /** Tries what the server can do: some accept these words and do nothing. */
  Features features() throws SQLException {
    try (Connection one = connect();
        Connection other = connect()) {
      return new Features(locks(one, other), listen(one, other));
    }
  }

  private static boolean locks(Connection one, Connection other) throws SQLException {
    // Not a number that two nodes that start at a time would both try.
    String lock =
        "select pg_try_advisory_lock(%d, %d)"
            .formatted(PostgresWatch.LOCKS + 1, System.nanoTime() & Integer.MAX_VALUE);
    try {
      return holds(one, lock) && !holds(other, lock);
    } catch (SQLException e) {
      return unknown(e);
    }
  }

  private static boolean holds(Connection connection, String lock) throws SQLException {
    try (Statement statement = connection.createStatement();
        var answer = statement.executeQuery(lock)) {
      return answer.next() && answer.getBoolean(1);
    }
  }

  private static boolean listen(Connection one, Connection other) throws SQLException {
    try (Statement hears = one.createStatement();
        Statement says = other.createStatement()) {
      hears.execute("listen " + PROBE);
      says.execute("notify " + PROBE);
      return one.unwrap(PGConnection.class).getNotifications(PROBE_MILLIS).length > 0;
    } catch (SQLException e) {
      return unknown(e);
    }
  }

  /** False when the server does not know the word; class 0A: not supported, 42: no such thing. */
  private static boolean unknown(SQLException e) throws SQLException {
    String state = String.valueOf(e.getSQLState());
    if (state.startsWith("0A") || state.startsWith("42")) {
      return false;
    }
    throw e;
  }

  /** What an error means; the codes are those of PostgreSQL's appendix A. */
  StoreUnavailable failure(SQLException e) {
    SQLException first = e.getCause() instanceof SQLException cause ? cause : e;
    String state = String.valueOf(first.getSQLState());
    if (state.equals("53100")) {
      return new StoreUnavailable(
          StoreUnavailable.Why.FULL, "The disk of " + url + " is full: make room there.", e);
    }
    if (state.equals("XX001") || state.equals("XX002")) {
      return new StoreUnavailable(
          StoreUnavailable.Why.DAMAGED, url + " is damaged: restore a backup of it.", e);
    }
    String why =
        String.valueOf(first.getMessage()).lines().findFirst().orElse("it does not answer");
    return new StoreUnavailable(StoreUnavailable.Why.AWAY, url + " cannot be used now: " + why, e);
  }

  /** Whether the same transaction may go through when it is tried again: it met another one. */
  static boolean passing(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.equals("40001") || state.equals("40P01");
  }

  @Override
  public String toString() {
    return url.toString();
  }
}

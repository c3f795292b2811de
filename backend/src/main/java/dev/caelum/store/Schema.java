package dev.caelum.store;

import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.jspecify.annotations.Nullable;

/** Brings the tables of a database to what this version of the program knows, by Flyway. */
public final class Schema {
  private static final String TABLE = "schema_version";

  private Schema() {}

  /**
   * Applies what is missing; nothing when the tables are up to date.
   *
   * @param where the scripts of that kind of database, {@code db/sqlite} for example
   * @param name what people call the database, for messages
   * @throws StoreUnavailable {@code NEWER} when a later version of the program has been here
   * @throws FlywayException when the database cannot be used
   */
  public static void migrate(DataSource source, String where, String name) throws StoreUnavailable {
    migrate(source, List.of(where), name);
  }

  /** The same with scripts of several places. */
  static void migrate(DataSource source, List<String> where, String name) throws StoreUnavailable {
    Flyway flyway = flyway(source, where);
    if (refuseNewer(flyway, name).pending().length > 0) {
      flyway.migrate();
    }
  }

  /**
   * Whether tables of this version, or an earlier one, are there; changes nothing.
   *
   * @throws StoreUnavailable {@code NEWER} when they are of a later one
   * @throws FlywayException when the database cannot be used
   */
  static boolean known(DataSource source, String where, String name) throws StoreUnavailable {
    return refuseNewer(flyway(source, List.of(where)), name).applied().length > 0;
  }

  private static Flyway flyway(DataSource source, List<String> where) {
    return Flyway.configure()
        .dataSource(source)
        .locations(where.stream().map(place -> "classpath:" + place).toArray(String[]::new))
        .table(TABLE)
        .load();
  }

  private static MigrationInfoService refuseNewer(Flyway flyway, String name)
      throws StoreUnavailable {
    MigrationInfoService info = flyway.info();
    if (Arrays.stream(info.applied()).anyMatch(step -> later(step.getState()))) {
      throw new StoreUnavailable(
          StoreUnavailable.Why.NEWER,
          name
              + " was written by a newer version of this program (its schema is "
              + version(info.current())
              + "): update this one, or restore a backup of before.",
          null);
    }
    return info;
  }

  private static boolean later(MigrationState state) {
    return state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED;
  }

  private static String version(@Nullable MigrationInfo current) {
    return current == null ? "unknown" : String.valueOf(current.getVersion());
  }
}

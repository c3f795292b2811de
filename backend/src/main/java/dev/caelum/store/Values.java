package dev.caelum.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Sets the values of a statement from the first one on. */
final class Values {
  private final PreparedStatement statement;
  private int last;

  Values(PreparedStatement statement) {
    this.statement = statement;
  }

  Values text(@Nullable String value) throws SQLException {
    statement.setString(++last, StoredText.write(value));
    return this;
  }

  Values number(long value) throws SQLException {
    statement.setLong(++last, value);
    return this;
  }
}

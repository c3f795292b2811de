package dev.caelum.config;

import dev.caelum.config.NodeConfig.HostPort;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PostgreSQL database, as people write it: {@code postgresql://USER@HOST[:PORT]/DATABASE}. Never
 * with a password, since the text is shown.
 *
 * @param user 1 to 63 of letters, digits, {@code _ . -}
 * @param database likewise
 */
public record DatabaseUrl(String user, HostPort server, String database) {
  public static final int DEFAULT_PORT = 5432;
  private static final Pattern FORM =
      Pattern.compile("postgres(?:ql)?://([\\w.-]{1,63})@([^/@?]+)/([\\w.-]{1,63})");

  /**
   * Reads the form above.
   *
   * @throws IllegalArgumentException with one sentence that names the rule, not the text: it may
   *     hold a password
   */
  public static DatabaseUrl parse(String text) {
    if (text.matches("[a-z]+://[^/@]*:[^/]*@.*")) {
      throw new IllegalArgumentException(
          "no password in the address: put it into CAELUM_STORE_PASSWORD or a file");
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("use postgresql://USER@HOST[:PORT]/DATABASE");
    }
    return new DatabaseUrl(
        form.group(1), HostPort.parse(form.group(2), DEFAULT_PORT), form.group(3));
  }

  /** As people write it. */
  @Override
  public String toString() {
    return "postgresql://" + user + "@" + server + "/" + database;
  }
}

package dev.caelum.host;

import java.util.StringTokenizer;

/** The fields of a line of {@code /proc}. */
final class Fields {
  private Fields() {}

  /** What spaces and tabs part; no regular expression, since some of these files are long. */
  static String[] of(String line) {
    StringTokenizer tokens = new StringTokenizer(line);
    String[] fields = new String[tokens.countTokens()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = tokens.nextToken();
    }
    return fields;
  }
}

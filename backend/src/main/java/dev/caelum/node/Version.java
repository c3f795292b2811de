package dev.caelum.node;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Which version this is. */
final class Version {
  private Version() {}

  /** The version of the build; {@code unknown} when its resource is missing. */
  static String current() {
    try (InputStream in = Version.class.getResourceAsStream("/caelum-version.properties")) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}

package dev.caelum.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The file in the data folder that keeps what was changed while a node ran: {@code key=value} lines
 * in UTF-8, as {@link Properties} reads them, which costs a start next to nothing.
 */
public final class SettingsFile {
  public static final String NAME = "settings.properties";

  private static final int MAX_BYTES = 1 << 20;
  private static final String HEAD =
      "# Written by the node when settings are changed at run time; docs/configuration.md\n";

  private SettingsFile() {}

  /** Where it is for a node that starts with {@code given}: a demo has a folder of its own. */
  static Path in(Layers given) {
    Path data = ConfigRules.path(given.setting(ConfigKey.DATA).value()).orElse(Path.of(""));
    boolean demo = given.setting(ConfigKey.DEMO).value().matches("0*[1-9]\\d*");
    return (demo ? data.resolve(NodeConfig.DEMO_FOLDER) : data).resolve(NAME);
  }

  /**
   * What was changed; empty without a file.
   *
   * @param problems receives one line for each unknown key, or one that the file is unreadable
   */
  static Map<ConfigKey, String> read(Path file, List<String> problems) {
    Map<ConfigKey, String> values = new EnumMap<>(ConfigKey.class);
    if (!Files.exists(file)) {
      return values;
    }
    Properties read = new Properties();
    try (BufferedReader in = Files.newBufferedReader(file)) {
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException("longer than it ever is");
      }
      read.load(in);
    } catch (IOException | IllegalArgumentException e) {
      problems.add(
          "settings = "
              + file
              + ": cannot be read ("
              + e.getClass().getSimpleName()
              + "); mend it, or delete it to do without what was changed");
      return values;
    }
    for (String name : read.stringPropertyNames().stream().sorted().toList()) {
      ConfigKey key = ConfigKey.of(name).orElse(null);
      if (key == null) {
        problems.add(ConfigNames.unknownSetting(name, file.toString()));
      } else if (key == ConfigKey.DATA || key == ConfigKey.DEMO) {
        problems.add(
            key.key()
                + " (file "
                + file
                + "): a file in the data folder cannot move it; use "
                + key.option());
      } else {
        values.put(key, read.getProperty(name));
      }
    }
    return values;
  }

  /** The whole file for {@code changed}. */
  public static byte[] bytes(Map<ConfigKey, String> changed) {
    Properties properties = new Properties();
    changed.forEach((key, value) -> properties.setProperty(key.key(), value));
    StringWriter text = new StringWriter();
    try {
      properties.store(text, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Without the date, so that the same settings are the same bytes.
    String lines =
        new BufferedReader(new StringReader(text.toString()))
            .lines()
            .filter(line -> !line.startsWith("#"))
            .sorted()
            .map(line -> line + "\n")
            .collect(Collectors.joining());
    return (HEAD + lines).getBytes(StandardCharsets.UTF_8);
  }
}

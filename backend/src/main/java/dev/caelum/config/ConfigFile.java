package dev.caelum.config;

import io.helidon.config.Config;
import io.helidon.config.ConfigException;
import io.helidon.config.ConfigSources;
import io.helidon.config.yaml.YamlConfigParser;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the {@code caelum} block of a YAML file; the only class that knows Helidon Config. */
final class ConfigFile {
  private static final Pattern WHERE = Pattern.compile("line \\d+, column \\d+");

  private ConfigFile() {}

  /**
   * The values that {@code file} sets, as text; lists joined by commas.
   *
   * @param problems receives one line for each unknown key, or one that the file is unreadable
   */
  static Map<ConfigKey, String> read(Path file, List<String> problems) {
    Map<ConfigKey, String> values = new EnumMap<>(ConfigKey.class);
    try {
      // Only this file: precedence between the sources is ConfigLoader's alone.
      Config root =
          Config.builder()
              .disableEnvironmentVariablesSource()
              .disableSystemPropertiesSource()
              .disableKeyResolving()
              .disableValueResolving()
              .disableParserServices()
              .disableMapperServices()
              .disableFilterServices()
              .disableCaching()
              .addSource(ConfigSources.file(file).parser(YamlConfigParser.create()))
              .build();
      for (Config block : children(root)) {
        if (!block.name().equals("caelum")) {
          problems.add(
              ConfigNames.unknownInFile(block.name(), file.toString())
                  + " (settings belong into the block caelum:)");
          continue;
        }
        for (Config entry : children(block)) {
          ConfigKey.of(entry.name())
              .ifPresentOrElse(
                  key -> values.put(key, text(entry)),
                  () ->
                      problems.add(
                          ConfigNames.unknownInFile("caelum." + entry.name(), file.toString())));
        }
      }
    } catch (ConfigException e) {
      problems.add("config = " + file + ": cannot be read: " + wrong(e));
    }
    return values;
  }

  /** Sorted by name, for the order in the file is lost. */
  private static List<Config> children(Config node) {
    return node.type() != Config.Type.OBJECT
        ? List.of()
        : node.asNodeList().orElse(List.of()).stream()
            .sorted(Comparator.comparing(Config::name))
            .toList();
  }

  private static String text(Config entry) {
    return switch (entry.type()) {
      case LIST ->
          entry.asNodeList().orElse(List.of()).stream()
              .map(item -> item.asString().orElse(""))
              .collect(Collectors.joining(","));
      case VALUE -> entry.asString().orElse("");
      case OBJECT -> "{...}";
      case MISSING -> "";
    };
  }

  /**
   * The deepest cause says what is wrong with the file: in its first line, and further on where.
   */
  private static String wrong(Throwable error) {
    Throwable deepest = error;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String message = String.valueOf(deepest.getMessage());
    String what = message.lines().findFirst().orElse("unknown error");
    Matcher where = WHERE.matcher(message);
    String last = "";
    while (where.find()) {
      last = " (" + where.group() + ")";
    }
    return what + last;
  }
}

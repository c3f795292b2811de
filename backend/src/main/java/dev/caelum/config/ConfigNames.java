package dev.caelum.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds names that look like settings but are none, so that a typing error never goes unseen. */
final class ConfigNames {
  static final String CONFIG_PROPERTY = "caelum.config";
  static final String CONFIG_VARIABLE = "CAELUM_CONFIG";

  /** Variables that are no settings of the node: the launcher's and the client commands'. */
  private static final Set<String> OTHER_VARIABLES =
      Set.of(
          CONFIG_VARIABLE,
          "CAELUM_STORE_PASSWORD",
          "CAELUM_JAVA_HOME",
          "CAELUM_JAVA_OPTS",
          "CAELUM_JDK_URL",
          "CAELUM_JDK_SHA256",
          "CAELUM_YES",
          "CAELUM_NODE");

  private ConfigNames() {}

  /** One line for each unknown {@code CAELUM_} variable and {@code caelum.} property. */
  static List<String> unknown(ConfigInputs inputs) {
    List<String> problems = new ArrayList<>();
    Set<String> variables = names(ConfigKey::variable, OTHER_VARIABLES);
    sorted(inputs.environment(), "CAELUM_")
        .filter(name -> !variables.contains(name))
        .forEach(name -> problems.add(unknown("environment variable", name, variables)));
    Set<String> properties = names(ConfigKey::property, Set.of(CONFIG_PROPERTY));
    sorted(inputs.properties(), "caelum.")
        .filter(name -> !properties.contains(name))
        .forEach(name -> problems.add(unknown("system property", name, properties)));
    return problems;
  }

  /** The line about an unknown key in {@code file}. */
  static String unknownInFile(String key, String file) {
    return unknown("key in " + file + ":", key, names(ConfigKey::property, Set.of()));
  }

  /** The line about an unknown key in {@code file}, which holds nothing but settings. */
  static String unknownSetting(String key, String file) {
    return unknown("key in " + file + ":", key, names(ConfigKey::key, Set.of()));
  }

  private static Set<String> names(Function<ConfigKey, String> name, Set<String> others) {
    return Stream.concat(Arrays.stream(ConfigKey.values()).map(name), others.stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<String> sorted(Map<String, String> map, String prefix) {
    return map.keySet().stream().filter(name -> name.startsWith(prefix)).sorted();
  }

  private static String unknown(String what, String name, Set<String> known) {
    String best = "";
    int least = Integer.MAX_VALUE;
    for (String candidate : known.stream().sorted().toList()) {
      int distance = distance(plain(name), plain(candidate));
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    // Two letters swapped, missing or wrong; beyond that it is no typing error any more.
    boolean close = least <= 2 && least * 2 < plain(best).length();
    String guess = close ? "; did you mean " + best + "?" : "";
    return "unknown " + what + " " + name + guess;
  }

  /** So that beaconPort, beacon_port and beacon-port are the same word. */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("^caelum[._]|[-_.]", "");
  }

  /** Levenshtein distance; names are short, so one row of the table is all it keeps. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}

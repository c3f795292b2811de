package dev.caelum.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All that is wrong with a configuration: a line for each, and the rule by setting. */
final class Problems {
  private final List<String> lines = new ArrayList<>();
  private final Map<ConfigKey, String> fields = new EnumMap<>(ConfigKey.class);

  /** Where lines go that are about no setting. */
  List<String> lines() {
    return lines;
  }

  /** The first rule that each setting breaks, as a sentence. */
  Map<ConfigKey, String> fields() {
    return Collections.unmodifiableMap(fields);
  }

  /** {@code subject} names the value and its source, and ends where the rule begins. */
  void add(ConfigKey key, String subject, String rule) {
    lines.add(subject + rule);
    fields.putIfAbsent(key, sentence(rule));
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /** These but for those that are {@code known}. */
  Problems without(Problems known) {
    Problems rest = new Problems();
    lines.stream().filter(line -> !known.lines.contains(line)).forEach(rest.lines::add);
    fields.forEach((key, rule) -> {
      if (!rule.equals(known.fields.get(key))) {
        rest.fields.put(key, rule);
      }
    });
    return rest;
  }

  private static String sentence(String rule) {
    boolean word = rule.matches("[a-z]+ .*");
    String first = rule.substring(0, 1);
    return (word ? first.toUpperCase(Locale.ROOT) : first)
        + rule.substring(1)
        + (rule.endsWith(".") ? "" : ".");
  }
}

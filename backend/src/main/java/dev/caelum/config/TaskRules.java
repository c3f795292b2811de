package dev.caelum.config;

import dev.caelum.config.NodeConfig.HostPort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of tasks as typed values; part of {@link ConfigRules}. */
final class TaskRules {
  private static final int MAX_LABELS = 16;
  static final int MAX_SLOTS = 256;
  static final int MIN_HEAP = 32;
  static final int MAX_HEAP = 65_536;
  static final int MAX_ROOM = 999_999;

  private final ConfigRules rules;

  TaskRules(ConfigRules rules) {
    this.rules = rules;
  }

  TaskConfig read() {
    return new TaskConfig(
        accept(),
        whole(ConfigKey.TASK_SLOTS, 0, MAX_SLOTS),
        whole(ConfigKey.TASK_HEAP, MIN_HEAP, MAX_HEAP),
        roots(),
        ai(),
        labels(),
        handlers(),
        rules.oneOf(ConfigKey.TASK_LEGACY_WORKERS, "false", "true") == 1,
        store(),
        passwordFile(),
        whole(ConfigKey.STORE_ROOM, 1, MAX_ROOM));
  }

  private List<AcceptRule> accept() {
    List<AcceptRule> out = new ArrayList<>();
    for (String text : rules.list(ConfigKey.TASK_ACCEPT)) {
      try {
        out.add(AcceptRule.parse(text));
      } catch (IllegalArgumentException e) {
        rules.refuse(ConfigKey.TASK_ACCEPT, String.valueOf(e.getMessage()));
      }
    }
    return out;
  }

  private int whole(ConfigKey key, int least, int most) {
    String text = rules.value(key);
    int value = text.matches("\\d{1,6}") ? Integer.parseInt(text) : -1;
    if (value < least || value > most) {
      rules.refuse(key, "use a whole number from " + least + " to " + most);
    }
    return value;
  }

  private List<Path> roots() {
    List<Path> out = new ArrayList<>();
    for (String text : rules.list(ConfigKey.TASK_ROOTS)) {
      Optional<Path> path = ConfigRules.path(text).filter(Files::isDirectory);
      path.ifPresentOrElse(
          out::add, () -> rules.refuse(ConfigKey.TASK_ROOTS, text + " is not a folder"));
    }
    return out;
  }

  private List<Path> handlers() {
    List<Path> out = new ArrayList<>();
    for (String text : rules.list(ConfigKey.TASK_HANDLERS)) {
      Optional<Path> path = ConfigRules.path(text).filter(Files::isRegularFile);
      path.ifPresentOrElse(
          out::add, () -> rules.refuse(ConfigKey.TASK_HANDLERS, text + " is not a file"));
    }
    return out;
  }

  private Optional<DatabaseUrl> store() {
    String text = rules.value(ConfigKey.STORE);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(DatabaseUrl.parse(text));
    } catch (IllegalArgumentException e) {
      rules.refuseUnseen(ConfigKey.STORE, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<Path> passwordFile() {
    String text = rules.value(ConfigKey.STORE_PASSWORD_FILE);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Path> path = ConfigRules.path(text).filter(Files::isReadable);
    if (path.isEmpty()) {
      rules.refuse(ConfigKey.STORE_PASSWORD_FILE, "this user cannot read such a file");
    }
    return path;
  }

  private HostPort ai() {
    return rules
        .hostPort(ConfigKey.TASK_AI, rules.value(ConfigKey.TASK_AI), TaskConfig.DEFAULT_AI.port())
        .orElse(TaskConfig.DEFAULT_AI);
  }

  private Map<String, String> labels() {
    Map<String, String> out = new LinkedHashMap<>();
    for (String text : rules.list(ConfigKey.LABELS)) {
      if (text.matches("[\\w.-]{1,64}=[\\p{L}\\p{N}\\p{P}\\p{S} ]{0,64}")) {
        int equals = text.indexOf('=');
        out.put(text.substring(0, equals), text.substring(equals + 1));
      } else {
        rules.refuse(ConfigKey.LABELS, text + " is not NAME=VALUE of 1 to 64 characters each");
      }
    }
    if (out.size() > MAX_LABELS) {
      rules.refuse(ConfigKey.LABELS, "at most " + MAX_LABELS + " labels, not " + out.size());
    }
    return out;
  }
}

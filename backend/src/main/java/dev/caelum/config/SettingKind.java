package dev.caelum.config;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a setting is like, for whoever shows it to people.
 *
 * @param group what it belongs to
 * @param live whether a change takes effect at once; else after a restart
 * @param unit of a number; null where it has none
 * @param min the least number; null where there is none
 * @param max the greatest one
 * @param choices the only words that it may be, or be a list of; empty = not limited to words
 */
public record SettingKind(
    Type type,
    Group group,
    boolean live,
    @Nullable String unit,
    @Nullable Integer min,
    @Nullable Integer max,
    List<String> choices) {
  /** What its value looks like. */
  public enum Type {
    TEXT,
    /** Several texts, separated by commas. */
    LIST,
    NUMBER,
    PORT,
    CHOICE,
    /** {@code true} or {@code false}. */
    FLAG,
    /** A text that is never shown. */
    SECRET;

    /** The API's word for it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The parts of the Settings page, in its order. */
  public enum Group {
    CLUSTER,
    DASHBOARD,
    HISTORY,
    NOTIFICATIONS,
    TASKS,
    SERVICES,
    NODE;

    /** The API's word for it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The kind of {@code key}. */
  public static SettingKind of(ConfigKey key) {
    return switch (key) {
      case HOST, ADVERTISE, CLUSTER_NAME -> text(Group.CLUSTER);
      case INTERFACE -> list(Group.CLUSTER);
      case KNOWN -> list(Group.CLUSTER).atOnce();
      case PORT -> port(Group.CLUSTER, 0);
      case BEACON_PORT -> port(Group.CLUSTER, 1_024);
      case UI_HOST -> text(Group.DASHBOARD);
      case UI_PORT -> port(Group.DASHBOARD, 0);
      case HISTORY_DAYS -> number(Group.HISTORY, "days", 0, ConfigRules.MAX_HISTORY_DAYS).atOnce();
      case WEBHOOK_URL -> text(Group.NOTIFICATIONS).atOnce();
      case WEBHOOK_SECRET -> plain(Type.SECRET, Group.NOTIFICATIONS).atOnce();
      case WEBHOOK_EVENTS -> words(Type.LIST, Group.NOTIFICATIONS, WebhookConfig.EVENTS).atOnce();
      case TASK_ACCEPT, TASK_ROOTS, TASK_HANDLERS, LABELS -> list(Group.TASKS);
      case TASK_SLOTS -> number(Group.TASKS, null, 0, TaskRules.MAX_SLOTS);
      case TASK_HEAP -> number(Group.TASKS, "MiB", TaskRules.MIN_HEAP, TaskRules.MAX_HEAP);
      case TASK_AI, STORE, STORE_PASSWORD_FILE -> text(Group.TASKS);
      case TASK_LEGACY_WORKERS -> plain(Type.FLAG, Group.TASKS);
      case STORE_ROOM -> number(Group.TASKS, "MB", 1, TaskRules.MAX_ROOM);
      case MCP_PORTS, MCP_FORWARD_FROM, MCP_REGISTRY -> list(Group.SERVICES);
      case DATA -> text(Group.NODE);
      case DEMO -> number(Group.NODE, null, 0, NodeConfig.MAX_DEMO);
      case VERBOSE -> plain(Type.FLAG, Group.NODE).atOnce();
      case LOG_FORMAT -> words(Type.CHOICE, Group.NODE, List.of("text", "json")).atOnce();
    };
  }

  private static SettingKind plain(Type type, Group group) {
    return new SettingKind(type, group, false, null, null, null, List.of());
  }

  private static SettingKind text(Group group) {
    return plain(Type.TEXT, group);
  }

  private static SettingKind list(Group group) {
    return plain(Type.LIST, group);
  }

  private static SettingKind port(Group group, int min) {
    return new SettingKind(Type.PORT, group, false, null, min, 65_535, List.of());
  }

  private static SettingKind number(Group group, @Nullable String unit, int min, int max) {
    return new SettingKind(Type.NUMBER, group, false, unit, min, max, List.of());
  }

  private static SettingKind words(Type type, Group group, List<String> words) {
    return new SettingKind(type, group, false, null, null, null, words);
  }

  private SettingKind atOnce() {
    return new SettingKind(type, group, true, unit, min, max, choices);
  }
}

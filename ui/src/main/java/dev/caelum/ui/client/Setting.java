package dev.caelum.ui.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One setting of the node. Values are as they are, not cleaned: they go into fields.
 *
 * @param value what runs
 * @param pending what the next start takes, when that is something else
 * @param fixed why it cannot be changed while the node runs; null when it can
 * @param restart whether a change takes effect after a restart only
 */
public record Setting(
    String key,
    String group,
    String type,
    String value,
    @Nullable String pending,
    String source,
    String where,
    @Nullable String fixed,
    boolean restart,
    String defaultValue,
    @Nullable String unit,
    @Nullable Integer min,
    @Nullable Integer max,
    List<String> choices,
    String description) {

  static Setting read(Fields f) {
    return new Setting(
        f.text("key", ""),
        f.text("group", ""),
        f.text("type", "text"),
        f.raw("value", ""),
        f.has("pending") ? f.raw("pending", "") : null,
        f.text("source", ""),
        f.text("where", ""),
        f.text("fixed"),
        f.flag("restart"),
        f.raw("default", ""),
        f.text("unit"),
        whole(f, "min"),
        whole(f, "max"),
        f.texts("choices"),
        f.text("description", ""));
  }

  private static @Nullable Integer whole(Fields f, String name) {
    return f.has(name) ? (Integer) (int) f.count(name) : null;
  }

  /** What the next start takes, which is what people change. */
  public String next() {
    return pending == null ? value : pending;
  }

  /** Whether it was changed while the node ran. */
  public boolean changed() {
    return source.equals("changed");
  }
}

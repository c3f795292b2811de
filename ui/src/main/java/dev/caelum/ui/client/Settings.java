package dev.caelum.ui.client;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All settings of the node.
 *
 * @param editable whether the visitor may change them
 * @param file where changes are kept; null for visitors on other machines
 */
public record Settings(boolean editable, @Nullable String file, List<Setting> all) {
  static Settings read(Fields f) {
    return new Settings(f.flag("editable"), f.text("file"), f.list("settings", Setting::read));
  }

  /**
   * How the node took changes.
   *
   * @param now as they are then; null when it refused
   * @param mistakes by key
   */
  public record Changed(@Nullable Settings now, Map<String, String> mistakes, Answer answer) {}
}

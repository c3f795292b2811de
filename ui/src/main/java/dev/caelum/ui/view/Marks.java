package dev.caelum.ui.view;

import dev.caelum.ui.client.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The small words behind a machine's name. */
final class Marks {
  private Marks() {}

  static List<Map<String, String>> of(Machine machine) {
    List<Map<String, String>> marks = new ArrayList<>(3);
    if (machine.self()) {
      marks.add(mark("self"));
    }
    if (machine.legacy()) {
      marks.add(mark("legacy"));
    }
    if (machine.foreign()) {
      marks.add(mark("foreign", machine.clusterName()));
    }
    if (machine.duplicateId()) {
      marks.add(mark("duplicate", machine.id()));
    }
    return marks;
  }

  private static Map<String, String> mark(String kind, String... values) {
    return Map.of(
        "kind", kind,
        "word", Words.of("mark." + kind),
        "rule", Words.of("mark." + kind + ".rule", (Object[]) values));
  }
}

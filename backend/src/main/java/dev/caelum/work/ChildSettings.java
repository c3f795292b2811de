package dev.caelum.work;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a child process is told when it starts.
 *
 * @param roots the only folders whose files handlers of ours read
 * @param ai {@code HOST:PORT} of the model server
 */
record ChildSettings(List<Path> roots, String ai) {
  ChildSettings {
    roots = List.copyOf(roots);
  }

  /** Lines: the model server, then a root each. */
  String write() {
    return roots.stream().map(Path::toString).collect(Collectors.joining("\n", ai + "\n", ""));
  }

  static ChildSettings read(String text) {
    List<String> lines = Arrays.asList(text.split("\n", -1));
    List<Path> roots =
        lines.stream().skip(1).filter(line -> !line.isEmpty()).map(Path::of).toList();
    return new ChildSettings(roots, lines.getFirst());
  }

  /** The handlers of ours that run in a child. */
  List<TaskHandler> shipped() {
    return List.of(new AiHandler(ai), new CodeHandler(roots));
  }
}

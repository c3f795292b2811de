package dev.caelum.work;

import dev.caelum.work.CodeReport.Count;
import dev.caelum.work.CodeReport.HotSpot;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at the code below a folder: files, lines, languages, duplicates, hot spots. {@code do} says
 * which step: {@code all} (the usual one); {@code plan}, which names the payloads of as many chunks
 * as are worth it; {@code chunk} number {@code chunk} of {@code of}, which any machine with the
 * same folder can do.
 */
final class CodeHandler implements TaskHandler {
  private static final int CHUNK_FILES = 500;
  private static final int MAX_CHUNKS = 64;
  private static final Pattern BRANCH =
      Pattern.compile(
          "\\b(?:if|elif|elsif|for|foreach|while|until|case|when|catch|except|rescue|match)\\b"
              + "|&&|\\|\\||\\?");

  private final List<Path> roots;

  /**
   * @param roots the only folders that may be read
   */
  CodeHandler(List<Path> roots) {
    this.roots = List.copyOf(roots);
  }

  @Override
  public String type() {
    return "code_analysis";
  }

  @Override
  public String run(TaskContext context) throws TaskFailed, InterruptedException {
    Payload payload = Payload.of(context.payload());
    return switch (payload.text("do", "all")) {
      case "all" -> analyse(context, files(payload), 0, 1).write().toString();
      case "chunk" -> {
        int of = (int) payload.whole("of", null, 1, MAX_CHUNKS);
        int chunk = (int) payload.whole("chunk", null, 0, of - 1L);
        yield analyse(context, files(payload), chunk, of).write().toString();
      }
      case "plan" -> plan(files(payload), payload.text("root"));
      default -> throw TaskFailed.payload("do must be all, plan or chunk.");
    };
  }

  private CodeFiles files(Payload payload) throws TaskFailed {
    return CodeFiles.below(roots, payload.text("root"));
  }

  private static String plan(CodeFiles files, String root) throws TaskFailed {
    int count = files.list(0, 1).size();
    int chunks = Math.clamp((count + CHUNK_FILES - 1) / CHUNK_FILES, 1, MAX_CHUNKS);
    JsonArrayBuilder payloads = Json.createArrayBuilder();
    for (int chunk = 0; chunk < chunks; chunk++) {
      payloads.add(
          Json.createObjectBuilder()
              .add("do", "chunk")
              .add("root", root)
              .add("chunk", chunk)
              .add("of", chunks));
    }
    return Json.createObjectBuilder()
        .add("files", count)
        .add("chunks", payloads)
        .build()
        .toString();
  }

  private static CodeReport analyse(TaskContext context, CodeFiles files, int chunk, int of)
      throws TaskFailed, InterruptedException {
    List<Path> list = files.list(chunk, of);
    CodeReport report = CodeReport.EMPTY;
    List<Path> read = new ArrayList<>(list.size());
    for (Path file : list) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      try {
        report = report.plus(one(files, file));
        read.add(file);
      } catch (IOException e) {
        // It is gone or cannot be read: not counted.
      }
      context.progress(
          read.size() * 80 / list.size(), read.size() + " of " + list.size() + " files");
    }
    context.progress(80, "looking for duplicates");
    return report.plus(
        new CodeReport(0, 0, 0, Map.of(), List.of(), CodeDuplicates.among(read, files.root())));
  }

  private static CodeReport one(CodeFiles files, Path file) throws IOException {
    String text = files.read(file);
    long lines = text.lines().count();
    long blank = text.lines().filter(String::isBlank).count();
    long branches = 0;
    for (Matcher branch = BRANCH.matcher(text); branch.find(); ) {
      branches++;
    }
    String language = Objects.requireNonNull(CodeLanguage.of(file));
    HotSpot spot = new HotSpot(files.root().relativize(file).toString(), lines, branches);
    return new CodeReport(
        1, lines, blank, Map.of(language, new Count(1, lines)), List.of(spot), List.of());
  }
}

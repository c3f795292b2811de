package dev.caelum.cluster.sim;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One rule of the core taken away.
 *
 * @param file in {@code dev.caelum.cluster}
 * @param rule which rule, as it holds in the real core
 * @param before code of the rule, as it stands there but for white space
 * @param after code without the rule
 */
record Mutation(String name, String file, String rule, String before, String after) {
  private static final Path SOURCES = Path.of("src/main/java/dev/caelum/cluster");

  /** All that {@code mutations.txt} lists; the form is told at its head. */
  static List<Mutation> all() {
    try (InputStream in = Mutation.class.getResourceAsStream("/mutations.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("\n\n"))
          .filter(part -> !part.startsWith("#"))
          .map(Mutation::parse)
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Mutation parse(String text) {
    List<String> lines = text.strip().lines().toList();
    String[] head = lines.get(1).split(": ", 2);
    return new Mutation(
        lines.getFirst(), head[0] + ".java", head[1], marked(lines, "- "), marked(lines, "+ "));
  }

  private static String marked(List<String> lines, String mark) {
    return lines.stream()
        .skip(2)
        .filter(line -> line.startsWith(mark))
        .map(line -> line.substring(mark.length()))
        .collect(Collectors.joining("\n"));
  }

  /** The source without the rule. Fails unless the rule stands there exactly once. */
  String source() throws IOException {
    String source = Files.readString(SOURCES.resolve(file));
    String words =
        Arrays.stream(before.strip().split("\\s+"))
            .map(Pattern::quote)
            .collect(Collectors.joining("\\s+"));
    List<MatchResult> found = new ArrayList<>();
    Matcher matcher = Pattern.compile(words).matcher(source);
    while (matcher.find()) {
      found.add(matcher.toMatchResult());
    }
    if (found.size() != 1) {
      throw new IllegalStateException(
          "mutation %s: %s has its text %d times".formatted(name, file, found.size()));
    }
    MatchResult place = found.getFirst();
    return source.substring(0, place.start()) + after + source.substring(place.end());
  }
}

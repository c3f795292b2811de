package dev.caelum.cluster.sim;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Takes the rules of the core away, one at a time, and prints by which seed or test that shows, as
 * a Markdown table. Each {@link Mutation} is compiled beside the built classes and runs in a
 * process of its own, which ends when its processor time is over. Arguments: names; none for all.
 * To be run where the sources are, in the module's folder.
 */
public final class Mutations {
  /** A core that is whole needs a small part of it. */
  private static final Duration LIMIT = Duration.ofMinutes(3);

  static final String ENDLESS = "it does not end";

  private final boolean tell;

  Mutations(boolean tell) {
    this.tell = tell;
  }

  /** Prints the table; ends with 1 when a rule is missed by nothing. */
  public static void main(String[] args) throws IOException, InterruptedException {
    List<String> names = List.of(args);
    List<Mutation> chosen =
        Mutation.all().stream()
            .filter(mutation -> names.isEmpty() || names.contains(mutation.name()))
            .toList();
    Mutations mutations = new Mutations(names.size() == 1);
    System.out.println("| mutation | the rule that it takes away | caught by |");
    System.out.println("|---|---|---|");
    int missed = 0;
    for (Mutation mutation : chosen) {
      String caught = mutations.hunt(mutation);
      missed += caught == null ? 1 : 0;
      System.out.printf(
          "| %s | %s | %s |%n",
          mutation.name(), mutation.rule(), Objects.requireNonNullElse(caught, "**nothing**"));
    }
    System.exit(missed == 0 ? 0 : 1);
  }

  /** What catches {@code mutation}; null when nothing does. */
  @Nullable String hunt(Mutation mutation) throws IOException, InterruptedException {
    Path folder = Path.of("target/mutations", mutation.name());
    compile(mutation, folder);
    return hunt(List.of(folder.toString()));
  }

  /** What fails in the real core; null as it should be. */
  @Nullable String huntWithout() throws IOException, InterruptedException {
    return hunt(List.of());
  }

  private static void compile(Mutation mutation, Path folder) throws IOException {
    Path source = folder.resolve("source").resolve(mutation.file());
    clear(folder);
    Files.createDirectories(source.getParent());
    Files.writeString(source, mutation.source());
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int code =
        compiler.run(
            null,
            said,
            said,
            "-proc:none",
            "-nowarn",
            "-cp",
            System.getProperty("java.class.path"),
            "-d",
            folder.toString(),
            source.toString());
    if (code != 0) {
      throw new IllegalStateException(
          mutation.name() + " does not compile: " + said.toString(StandardCharsets.UTF_8));
    }
  }

  /** Takes away what an earlier run left, maybe of another file. */
  private static void clear(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private @Nullable String hunt(List<String> first) throws IOException, InterruptedException {
    List<String> path = new ArrayList<>(first);
    path.add(System.getProperty("java.class.path"));
    List<String> command =
        new ArrayList<>(
            Arrays.asList(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "-Dcaelum.sim.runs=" + Hunt.SEEDS,
                "-cp",
                String.join(File.pathSeparator, path),
                Hunt.class.getName()));
    if (tell) {
      command.add("tell");
    }
    Path out = Files.createTempFile("mutation", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(tell ? ProcessBuilder.Redirect.INHERIT : ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
        Duration spent = process.info().totalCpuDuration().orElse(Duration.ZERO);
        if (spent.compareTo(LIMIT) > 0) {
          return ENDLESS;
        }
      }
      String said = Files.readString(out, StandardCharsets.UTF_8).strip();
      if (process.exitValue() != 0) {
        throw new IllegalStateException("the hunt ended with " + process.exitValue() + " " + said);
      }
      return said.isEmpty() ? null : said;
    } finally {
      process.destroyForcibly().waitFor();
      Files.delete(out);
    }
  }
}

package dev.caelum.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Coverage-guided fuzzing of every parser, each in a process of its own. Begins with the kept
 * inputs and what the last run left below {@code target/fuzz}, and leaves there, as lines to keep,
 * the fewest inputs that reach as much. {@code -Dfuzz.seconds} is the time for each, {@code
 * -Dfuzz.target} a pattern of their names.
 */
@Tag("fuzz")
@Execution(ExecutionMode.CONCURRENT)
class FuzzTest {
  private static final Path FOLDER = Path.of("target", "fuzz");
  private static final String DRIVER = "com.code_intelligence.jazzer.Jazzer";

  static Stream<FuzzTarget> targets() {
    String wanted = System.getProperty("fuzz.target", ".*");
    return Stream.of(FuzzTarget.values()).filter(target -> target.name().matches(wanted));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void nothingIsFound(FuzzTarget target) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(FOLDER.resolve(target.name()));
    Path kept = Files.createDirectories(folder.resolve("kept"));
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    int number = 0;
    for (byte[] input : Inputs.of(target)) {
      Files.write(kept.resolve("input-" + number++), input);
    }
    Path log = folder.resolve("log");
    int seconds = Integer.getInteger("fuzz.seconds", 120);
    int exit = drive(target, log, List.of("-max_total_time=" + seconds, "" + corpus, "" + kept));
    assertThat(exit).as(() -> finding(folder, log)).isZero();
    tell(target, log);

    Path least = Files.createDirectories(folder.resolve("least"));
    drive(
        target,
        folder.resolve("merge.log"),
        List.of("-merge=1", "" + least, "" + kept, "" + corpus));
    Files.write(folder.resolve(target.fileName()), lines(least));
  }

  private static int drive(FuzzTarget target, Path log, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                DRIVER,
                "--target_class=" + target.type().getName(),
                "--instrumentation_includes=dev.caelum.**:org.eclipse.parsson.**",
                "--reproducer_path=" + log.getParent(),
                "-artifact_prefix=" + log.getParent() + "/",
                "-max_len=5000",
                // A busy machine takes its time to instrument; what a parser takes is far below.
                "-timeout=60",
                "-print_final_stats=1"));
    command.addAll(arguments);
    Process fuzzer =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      return fuzzer.waitFor();
    } finally {
      fuzzer.destroyForcibly();
    }
  }

  /** The end of the log, and each input that broke something as a line to keep. */
  private static String finding(Path folder, Path log) {
    try {
      List<String> said = Files.readAllLines(log, UTF_8);
      List<String> lines =
          new ArrayList<>(said.subList(Math.max(0, said.size() - 40), said.size()));
      lines.addAll(lines(folder));
      return String.join(System.lineSeparator(), lines);
    } catch (IOException e) {
      return "no log: " + e;
    }
  }

  private static void tell(FuzzTarget target, Path log) throws IOException {
    List<String> said = Files.readAllLines(log, UTF_8);
    said.stream()
        .filter(line -> line.matches("#[0-9]+\\s.*"))
        .reduce((_, last) -> last)
        .ifPresent(last -> System.out.println(target + " " + last));
    said.stream()
        .filter(line -> line.startsWith("stat::number_of_executed_units"))
        .forEach(line -> System.out.println(target + " " + line));
  }

  private static List<String> lines(Path folder) throws IOException {
    TreeSet<String> lines = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(FuzzTest::isInput).toList()) {
        lines.add(Inputs.write(Files.readAllBytes(file)));
      }
    }
    return List.copyOf(lines);
  }

  private static boolean isInput(Path file) {
    return file.getFileName().toString().matches("((crash|timeout|oom)-)?[0-9a-f]{40}");
  }
}

package dev.caelum.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The look at code: what it finds, in one piece and in chunks, and what it never reads. */
@Timeout(60)
class CodeHandlerTest {
  @TempDir private Path folder;
  private Path root;

  @BeforeEach
  void write() throws IOException {
    root = Files.createDirectories(folder.resolve("root"));
    String copied =
        IntStream.range(0, 40)
            .mapToObj(i -> "  if (a" + i + " > b" + i + ") { call(a" + i + "); }\n")
            .collect(Collectors.joining());
    file("one/A.java", "class A {\n\n" + copied + "}\n");
    file("one/B.java", "class B {\n  int x;\n" + copied + "}\n");
    file("two/c.py", "x = 1\n\ny = 2\n");
    file("two/note.txt", "no code\n");
    file("node_modules/d.js", "var skipped;\n");
    file(".git/e.java", "class E {}\n");
  }

  @Test
  void itCountsAndFindsCopiesAndHotSpots() throws Exception {
    JsonObject report = run("{\"root\":\"" + root + "\"}");
    assertThat(report.getInt("files")).isEqualTo(3);
    assertThat(report.getInt("lines")).isEqualTo(43 + 43 + 3);
    assertThat(report.getInt("blank")).isEqualTo(2);
    assertThat(report.getJsonObject("languages").toString())
        .isEqualTo("{\"Java\":{\"files\":2,\"lines\":86},\"Python\":{\"files\":1,\"lines\":3}}");
    assertThat(report.getJsonArray("hot_spots").getJsonObject(0).toString())
        .isEqualTo("{\"file\":\"one/A.java\",\"lines\":43,\"branches\":40}");
    assertThat(report.getJsonArray("duplicates").getJsonObject(0).getJsonArray("places").toString())
        .isEqualTo("[\"one/A.java:3\",\"one/B.java:3\"]");
  }

  @Test
  void chunksAddUpToTheWhole() throws Exception {
    CodeReport sum = CodeReport.EMPTY;
    for (int chunk = 0; chunk < 4; chunk++) {
      sum =
          sum.plus(
              CodeReport.read(
                  run(
                      "{\"do\":\"chunk\",\"root\":\""
                          + root
                          + "\",\"chunk\":"
                          + chunk
                          + ",\"of\":4}")));
    }
    assertThat(sum.write()).isEqualTo(run("{\"root\":\"" + root + "\"}"));
  }

  @Test
  void aPlanNamesThePayloadsOfItsChunks() throws Exception {
    JsonObject plan = run("{\"do\":\"plan\",\"root\":\"" + root + "\"}");
    assertThat(plan.getInt("files")).isEqualTo(3);
    for (JsonValue chunk : plan.getJsonArray("chunks")) {
      assertThat(run(chunk.toString()).getInt("files")).isEqualTo(3);
    }
  }

  @Test
  void whatIsOutsideOrNoRegularFileIsNeverRead() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret.py"), "password = 1\n");
    Files.createSymbolicLink(root.resolve("link.py"), secret);
    Files.createSymbolicLink(root.resolve("zero.py"), Path.of("/dev/zero"));
    Files.createSymbolicLink(root.resolve("out"), folder);
    Process pipe = new ProcessBuilder("mkfifo", root.resolve("pipe.py").toString()).start();
    assertThat(pipe.waitFor()).isZero();
    assertThat(run("{\"root\":\"" + root + "\"}").getInt("files")).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/..", "/../secret", "/out", "/one/A.java", "/none"})
  void onlyFoldersBelowARootAreLookedAt(String behind) throws Exception {
    Files.createSymbolicLink(root.resolve("out"), folder);
    String wanted = behind.isEmpty() ? "root" : root + behind;
    assertThatThrownBy(() -> run("{\"root\":\"" + wanted + "\"}"))
        .isInstanceOfSatisfying(
            TaskFailed.class, failed -> assertThat(failed.code()).isEqualTo("not_allowed"));
  }

  @Test
  void withoutRootsNothingIsRead() {
    assertThatThrownBy(() -> new CodeHandler(List.of()).run(context("{\"root\":\"" + root + "\"}")))
        .isInstanceOf(TaskFailed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"do\":\"chunk\",\"chunk\":1,\"of\":1}",
        "{\"do\":\"merge\"}",
        "{\"do\":\"rm\"}"
      })
  void whatIsNoStepIsRefused(String payload) {
    assertThatThrownBy(() -> run(payload))
        .isInstanceOfSatisfying(
            TaskFailed.class, failed -> assertThat(failed.code()).isEqualTo("payload"));
  }

  private void file(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private JsonObject run(String payload) throws Exception {
    String result = new CodeHandler(List.of(root)).run(context(payload));
    return Json.createReader(new StringReader(result)).readObject();
  }

  private static TaskContext context(String payload) {
    return new TaskContext() {
      @Override
      public String payload() {
        return payload;
      }

      @Override
      public String task() {
        return "t-1";
      }

      @Override
      public long epoch() {
        return 1;
      }

      @Override
      public void progress(int percent, @Nullable String note) {}

      @Override
      public boolean cancelled() {
        return false;
      }
    };
  }
}

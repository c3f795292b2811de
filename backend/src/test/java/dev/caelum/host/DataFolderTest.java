package dev.caelum.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir private Path temp;

  @Test
  void aNewFolderAndItsFilesBelongToTheUserAlone() throws IOException {
    try (DataFolder folder = DataFolder.open(temp.resolve("a/b"))) {
      folder.write("secret", "x".getBytes(UTF_8));

      assertThat(permissions(folder.path())).isEqualTo("rwx------");
      assertThat(permissions(folder.path().resolve("secret"))).isEqualTo("rw-------");
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void aWrittenFileIsReadBackAndReplacedWithoutATrace() throws IOException {
    try (DataFolder folder = DataFolder.open(temp)) {
      folder.write("f", "one".getBytes(UTF_8));
      folder.write("f", "two".getBytes(UTF_8));

      assertThat(folder.read("f", 10)).hasValue("two".getBytes(UTF_8));
      assertThat(temp.toFile().list()).containsExactlyInAnyOrder("f", "lock");
    }
  }

  @Test
  void aMissingFileIsEmptyAndATooLongOneAnError() throws IOException {
    try (DataFolder folder = DataFolder.open(temp)) {
      folder.write("f", new byte[11]);

      assertThat(folder.read("g", 10)).isEmpty();
      assertThatThrownBy(() -> folder.read("f", 10))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("longer than 10 bytes");
    }
  }

  @Test
  void theSecondNodeIsToldThePidOfTheFirst() throws Exception {
    Process first = LockHolder.start(temp);
    try {
      assertThat(first.inputReader(UTF_8).readLine()).startsWith("held ");

      assertThatThrownBy(() -> DataFolder.open(temp))
          .isInstanceOf(DataFolderInUse.class)
          .hasMessageContaining("(pid " + first.pid() + ")");
    } finally {
      first.destroyForcibly().waitFor();
    }
    // The lock died with its holder, though the file stays.
    DataFolder.open(temp).close();
  }

  @Test
  void withinOneProcessToo() throws IOException {
    try (DataFolder held = DataFolder.open(temp)) {
      assertThatThrownBy(() -> DataFolder.open(held.path()))
          .isInstanceOfSatisfying(
              DataFolderInUse.class,
              e -> assertThat(e.pid()).hasValue(ProcessHandle.current().pid()));
    }
  }

  @Test
  void aFileInPlaceOfTheFolderIsToldInOneSentence() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));

    assertThatThrownBy(() -> DataFolder.open(file))
        .isInstanceOf(DataFolderUnusable.class)
        .hasMessage(
            "the data folder "
                + file
                + " cannot be used: "
                + file
                + " is a file; name another with --data");
    assertThatThrownBy(() -> DataFolder.open(file.resolve("below")))
        .isInstanceOf(DataFolderUnusable.class)
        .hasMessageContaining("; name another with --data");
  }

  @Test
  void aWriterThatIsKilledLeavesAWholeFile() throws Exception {
    for (int round = 0; round < 5; round++) {
      Process writer = Writer.start(temp);
      try {
        assertThat(writer.inputReader(UTF_8).readLine()).isEqualTo("writing");
      } finally {
        writer.destroyForcibly().waitFor();
      }
      try (DataFolder folder = DataFolder.open(temp)) {
        byte[] content = folder.read(Writer.FILE, Writer.LENGTH).orElseThrow();
        assertThat(content).hasSize(Writer.LENGTH);
        assertThat(content).containsOnly(content[0]);
      }
    }
  }

  @Test
  void aFileThatWasPutAsideIsKept() throws IOException {
    try (DataFolder folder = DataFolder.open(temp)) {
      folder.write("f", "odd".getBytes(UTF_8));
      folder.setAside("f");

      assertThat(folder.read("f", 10)).isEmpty();
      assertThat(temp.resolve("f.bad")).hasContent("odd");
    }
  }
}

package dev.caelum.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a disk that fills up; a small one in memory, mounted where only its user sees it. */
class FullDiskTest {
  @TempDir private Path disk;

  @Test
  void tasksAreRefusedUntilThereIsRoomAndNothingIsLost() throws Exception {
    assumeTrue(mounts("true").waitFor() == 0, "this user may not mount a file system");
    Process program =
        mounts(
            "exec \"$@\"",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            DiskFiller.class.getName(),
            disk.toString());
    List<String> said = program.inputReader().lines().toList();
    assertThat(said)
        .containsExactly(
            "little room: true",
            "full: FULL",
            "readable: true",
            "still full: FULL",
            "written again: true",
            "kept: true",
            "whole: true");
    assertThat(program.waitFor()).isZero();
  }

  /** Runs a shell with the disk mounted. */
  private Process mounts(String script, String... arguments) throws IOException {
    String mounted = "mount -t tmpfs -o size=12m tmpfs \"$0\" && " + script;
    return new ProcessBuilder(
            Stream.concat(
                    Stream.of("unshare", "-rm", "sh", "-c", mounted, disk.toString()),
                    Stream.of(arguments))
                .toList())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}

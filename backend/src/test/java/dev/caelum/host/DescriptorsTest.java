package dev.caelum.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptorsTest {
  @TempDir private Path process;

  private void limits(String soft) throws Exception {
    Files.writeString(
        process.resolve("limits"),
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max processes             96061                96061                processes
        Max open files            %-20s 4096                 files
        """
            .formatted(soft));
  }

  @Test
  void whatIsOpenCountsAgainstTheSoftLimit() throws Exception {
    limits("64");
    Path open = Files.createDirectory(process.resolve("fd"));
    for (int i = 0; i < 60; i++) {
      Files.createFile(open.resolve(String.valueOf(i)));
    }
    assertThat(Descriptors.free(process)).isEqualTo(4);
    limits("20");
    assertThat(Descriptors.free(process)).isZero();
  }

  @Test
  void whereNobodyKnowsThereIsNoEnd() throws Exception {
    assertThat(Descriptors.free(process)).isEqualTo(Integer.MAX_VALUE);
    limits("unlimited");
    assertThat(Descriptors.free(process)).isEqualTo(Integer.MAX_VALUE);
  }
}

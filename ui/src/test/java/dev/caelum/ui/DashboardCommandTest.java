package dev.caelum.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class DashboardCommandTest {
  @Test
  void aNodeThatCannotBeAnAddressIsBadUsageAndNothingStarts(@TempDir Path data) throws Exception {
    StringWriter said = new StringWriter();
    CommandLine line = new CommandLine(new DashboardCommand()).setErr(new PrintWriter(said));
    assertThat(line.execute("--node", "ftp://alpha", "--data", data.toString())).isEqualTo(2);
    assertThat(said.toString())
        .startsWith("--node ftp://alpha is no address of a node; use http://HOST:PORT");
    try (var files = Files.list(data)) {
      assertThat(files).isEmpty();
    }
  }
}

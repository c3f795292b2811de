package dev.caelum.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.logging.common.LogConfig;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogsTest {
  private static final Logger NODE = Logger.getLogger("dev.caelum.node.ClusterNode");
  private static final Logger HELIDON = Logger.getLogger("io.helidon.webserver.LoomServer");
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @AfterEach
  void restore() throws IOException {
    LogManager.getLogManager().readConfiguration();
  }

  @Test
  void aLineHasTimeLevelRoomAndTextThatPeopleGrepFor() {
    Logs.configure(false, false, out);
    NODE.info("🎯 UDP discovered new Caelum machine: delta (192.168.1.23)");
    assertThat(out.toString(UTF_8))
        .matches(
            "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  node     "
                + "🎯 UDP discovered new Caelum machine: delta \\(192\\.168\\.1\\.23\\)\n");
  }

  @Test
  void aHostNameCannotForgeALineInEitherFormat() {
    String forged = "delta\n2026-11-22 10:00:00.000 INFO  node     all is well\u202e\u001b[2K";
    for (boolean json : new boolean[] {false, true}) {
      out.reset();
      Logs.configure(false, json, out);
      NODE.log(Level.WARNING, forged, new IOException(forged));
      String written = out.toString(UTF_8);
      assertThat(written.indexOf('\n')).isEqualTo(written.length() - 1);
      assertThat(written).doesNotContain("\u202e").doesNotContain("\u001b");
    }
  }

  @Test
  void jsonLinesParseAndCarryTheStack() {
    Logs.configure(false, true, out);
    NODE.log(
        Level.SEVERE, "quote \" back \\ half \ud83c whole 🎯", new IOException("disk \"full\""));
    JsonObject line = Json.createReader(new StringReader(out.toString(UTF_8))).readObject();
    assertThat(line.getString("level")).isEqualTo("ERROR");
    assertThat(line.getString("logger")).isEqualTo("dev.caelum.node.ClusterNode");
    assertThat(line.getString("message")).isEqualTo("quote \" back \\ half \\ud83c whole 🎯");
    assertThat(line.getString("error"))
        .startsWith("java.io.IOException: disk \"full\"\n\tat dev.caelum.logging.LogsTest");
  }

  @Test
  void librariesTellOnlyWarningsUnlessVerbose() {
    Logs.configure(false, false, out);
    HELIDON.info("Helidon internals");
    NODE.fine("own detail");
    assertThat(out.toString(UTF_8)).isEmpty();

    Logs.configure(true, false, out);
    HELIDON.info("Helidon internals");
    NODE.fine("own detail");
    assertThat(out.toString(UTF_8)).contains("INFO  LoomServer Helidon internals\n");
    assertThat(out.toString(UTF_8)).contains("DEBUG node     own detail\n");
  }

  @Test
  void helidonAndTheShutdownOfJulLeaveTheHandlerInPlace() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Goodbye.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(output).hasLineCount(1).endsWith(" INFO  node     goodbye said\n");
  }

  /** A process that logs while it stops, after JUL's own hook ran. */
  static final class Goodbye {
    public static void main(String[] args) {
      Logs.configure(false, false);
      LogConfig.configureRuntime();
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(() -> {
                LogManager.getLogManager().reset();
                NODE.info("goodbye said");
              }));
    }
  }
}

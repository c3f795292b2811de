package dev.caelum.e2e.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit that the launcher writes, in a root folder of the test's own. */
class ServiceIT {
  @TempDir Path base;
  private Clone clone;
  private Path unit;

  /** In a folder without spaces, which systemd asks for. */
  @BeforeEach
  void unpack() throws Exception {
    clone = Clone.installed(base);
    Path template =
        Path.of(System.getProperty("caelum.root", ".."), "config/systemd/caelum.service");
    clone.write("config/systemd/caelum.service", Files.readString(template));
    clone.with("CAELUM_SERVICE_ROOT", base.resolve("image").toString());
    unit = base.resolve("image/etc/systemd/system/caelum.service");
  }

  private Running.Ended service(String... arguments) throws Exception {
    Path plain = base.resolve("caelum-1");
    if (Files.notExists(plain)) {
      Files.move(clone.root(), plain);
    }
    String[] line = new String[arguments.length + 1];
    line[0] = "service";
    System.arraycopy(arguments, 0, line, 1, arguments.length);
    return clone.starting(plain.resolve("caelum"), line).end();
  }

  @Test
  void installingWritesAUnitThatRunsThisInstallationAndUninstallingRemovesIt() throws Exception {
    assertThat(service("status").code()).isEqualTo(4);
    assertThat(service("install", "beacon").code()).isZero();
    assertThat(Files.readString(unit))
        .contains("ExecStart=" + base.resolve("caelum-1/caelum") + " beacon\n")
        .contains("User=caelum\n")
        .doesNotContain("@");
    assertThat(service("status").out()).contains("caelum beacon");
    assertThat(service("uninstall").code()).isZero();
    assertThat(unit).doesNotExist();
    assertThat(service("uninstall").err()).contains("No service is installed.");
  }

  @Test
  void whatSystemdCannotRunIsRefusedAndNothingIsWritten() throws Exception {
    assertThat(service("install", "worker").code()).isEqualTo(2);
    assertThat(service("start").code()).isEqualTo(2);
    assertThat(unit).doesNotExist();
  }
}

package dev.caelum.e2e.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which java the launcher starts, and how. */
class JdkSearchIT {
  @TempDir Path base;
  private Clone clone;

  @BeforeEach
  void install() throws Exception {
    clone = Clone.installed(base);
  }

  @Test
  void aJdk25InAUsualFolderIsTakenThoughTheOneOnThePathIs17() throws Exception {
    clone.usualJdk("21.0.2");
    clone.usualJdk("25.0.3");
    var ended = clone.caelum("beacon");
    assertThat(ended.out()).startsWith("java 25.0.3\n");
    assertThat(ended.code()).isZero();
  }

  @Test
  void javaHomeIsPreferredToTheUsualFoldersAndCaelumJavaHomeToAll() throws Exception {
    clone.usualJdk("25.0.1");
    clone.with("JAVA_HOME", clone.jdk("second", "25.0.2").toString());
    assertThat(clone.caelum("beacon").out()).startsWith("java 25.0.2\n");
    clone.with("CAELUM_JAVA_HOME", clone.jdk("third", "26").toString());
    assertThat(clone.caelum("beacon").out()).startsWith("java 26\n");
  }

  @Test
  void aJavaHomeThatIsTooOldIsPassedOver() throws Exception {
    clone.with("JAVA_HOME", clone.jdk("second", "24.0.2").toString());
    clone.usualJdk("25-ea");
    assertThat(clone.caelum("beacon").out()).startsWith("java 25-ea\n");
  }

  @Test
  void withoutAJdkItSaysWhereItLookedAndHowToGetOneAndEndsWith3() throws Exception {
    clone.with("JAVA_HOME", clone.jdk("second", "1.8.0_392").toString());
    clone.usualJdk("21.0.2");
    var ended = clone.caelum("beacon");
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .contains("JAVA_HOME=" + base.resolve("second") + ": Java 1\n")
        .contains("java on the PATH, " + base.resolve("old/bin/java") + ": Java 17\n")
        .contains(clone.home().resolve(".sdkman/candidates/java") + ": no JDK\n")
        .contains(base.resolve("jvm/jdk-21.0.2") + ": Java 21\n")
        .contains("./caelum beacon --yes")
        .contains("https://adoptium.net/");
    assertThat(clone.home()).isEmptyDirectory();
  }

  @Test
  void theProgramGetsItsArgumentsAsTheyAreAndTheJvmTheProfile() throws Exception {
    clone.usualJdk("25.0.3");
    clone.with("CAELUM_JAVA_OPTS", "-Done=1 -Dtwo=2");
    var ended = clone.caelum("beacon", "--cluster-name", "a  b*", "", "--yes", "--port=1");
    assertThat(ended.out().lines())
        .contains("[@" + clone.root() + "/config/jvm/backend.options]", "[-Done=1]", "[-Dtwo=2]")
        .endsWith(
            "[-jar]",
            "[" + clone.root() + "/backend/target/caelum-backend.jar]",
            "[beacon]",
            "[--cluster-name]",
            "[a  b*]",
            "[]",
            "[--port=1]");
  }

  @Test
  void withoutALocaleNamesAreUtf8() throws Exception {
    clone.usualJdk("25.0.3");
    assertThat(clone.caelum("beacon").out().lines()).contains("encoding C.UTF-8");
    clone.with("LANG", "de_DE.ISO-8859-1");
    assertThat(clone.caelum("beacon").out().lines()).contains("encoding of the locale");
  }

  @Test
  void theDashboardIsStartedFromItsOwnJar() throws Exception {
    clone.usualJdk("25.0.3");
    assertThat(clone.caelum("dashboard", "--help").out().lines())
        .endsWith(
            "[-cp]",
            "[" + clone.root() + "/ui/target/caelum-ui.jar:" + clone.root() + "/ui/target/lib/*]",
            "[dev.caelum.ui.Main]",
            "[dashboard]",
            "[--help]");
  }

  @Test
  void linksToTheLauncherWorkFromAnywhere() throws Exception {
    clone.usualJdk("25.0.3");
    Path bin = Files.createDirectories(base.resolve("some bin"));
    Path absolute = Files.createSymbolicLink(bin.resolve("first"), clone.root().resolve("caelum"));
    Path relative = Files.createSymbolicLink(bin.resolve("second"), absolute.getFileName());
    assertThat(clone.starting(relative, "beacon").end().out())
        .contains("[" + clone.root() + "/backend/target/caelum-backend.jar]");
  }

  @Test
  void helpAndVersionNeedNeitherJdkNorBuild() throws Exception {
    var help = clone.caelum("--help");
    assertThat(help.code()).isZero();
    assertThat(help.out())
        .contains("dashboard", "beacon", "status", "machines", "discover", "connect", "events")
        .contains("config", "build", "test", "--soak");
    assertThat(clone.caelum("--version").out()).matches("caelum \\d+\\.\\d+\\.\\d+\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"build", "train", "test", "bench", "package", "service"})
  void eachCommandOfTheLauncherIsExplainedWithoutJdkOrBuild(String command) throws Exception {
    var help = clone.caelum(command, "--help");
    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("Usage: ./caelum " + command);
  }

  @Test
  void anUnknownCommandIsRefusedBeforeAnythingIsDone() throws Exception {
    var ended = clone.caelum("nodes");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .isEqualTo("caelum: there is no command 'nodes'; ./caelum --help lists them\n");
    assertThat(clone.caelum().code()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "statsu,status",
    "Bacon,beacon",
    "machine,machines",
    "tets,test",
    "version,--version"
  })
  void aMistypedCommandIsRefusedWithWhatWasProbablyMeant(String typed, String meant)
      throws Exception {
    var ended = clone.caelum(typed);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .isEqualTo(
            "caelum: there is no command '%s'; did you mean %s? ./caelum --help lists them\n"
                .formatted(typed, meant));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "a\\nb", "-", "s"})
  void aWordThatIsNoSlipGetsNoGuess(String typed) throws Exception {
    assertThat(clone.caelum(typed).err())
        .isEqualTo("caelum: there is no command '" + typed + "'; ./caelum --help lists them\n");
  }
}

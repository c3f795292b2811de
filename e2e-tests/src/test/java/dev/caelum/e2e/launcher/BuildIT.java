package dev.caelum.e2e.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When and what the launcher builds; a made-up mvnw notes each call. */
class BuildIT {
  private static final String MAVEN =
      """
      echo "$*" >>calls
      echo '[INFO] --- maven-compiler-plugin:3:compile (default-compile) @ caelum-backend ---'
      mkdir -p backend/target ui/target
      touch backend/target/caelum-backend.jar
      case "$*" in *ui*) touch ui/target/caelum-ui.jar ;; esac
      """;

  @TempDir Path base;
  private Clone clone;

  @BeforeEach
  void cloneProject() throws Exception {
    clone = Clone.fresh(base);
    clone.usualJdk("25.0.3");
    clone.script("mvnw", MAVEN);
  }

  @Test
  void theFirstStartBuildsWithProgressAndTrainsTheCacheTheSecondDoesNeither() throws Exception {
    var first = clone.caelum("beacon");
    assertThat(first.err())
        .contains("Building Caelum with " + base.resolve("jvm/jdk-25.0.3"))
        .contains("s] backend: compile\n")
        .contains("s] backend: train the start-up cache\n");
    assertThat(first.out()).contains("-XX:AOTCache=").endsWith("[beacon]\n");
    assertThat(clone.root().resolve("backend/target/aot-25.0.3.cache")).hasContent("trained");
    var second = clone.caelum("beacon");
    assertThat(second.err()).isEmpty();
    assertThat(second.out()).isEqualTo(first.out());
    assertThat(calls()).singleElement().asString().contains("-pl backend package");
  }

  @Test
  void theDashboardBuildsBothPartsAndABackendBuiltAfterItMakesItStale() throws Exception {
    clone.caelum("dashboard");
    assertThat(calls()).singleElement().asString().contains("-pl backend,ui package");
    clone.write("backend/src/main/java/Main.java", "class Main { int changed; }");
    clone.caelum("beacon");
    clone.caelum("dashboard");
    clone.caelum("dashboard");
    assertThat(calls()).hasSize(3).last().asString().contains("-pl backend,ui package");
  }

  @Test
  void aChangedAnAddedAndADeletedSourceEachCauseABuild() throws Exception {
    clone.caelum("beacon");
    clone.write("backend/src/main/java/Main.java", "class Main { int changed; }");
    clone.caelum("beacon");
    Path added = clone.write("backend/src/main/java/Added.java", "class Added {}");
    clone.caelum("beacon");
    Files.delete(added);
    clone.caelum("beacon");
    clone.caelum("beacon");
    assertThat(calls()).hasSize(4);
  }

  @Test
  void aJarThatWasCleanedAwayIsBuiltAgain() throws Exception {
    clone.caelum("beacon");
    Files.delete(clone.root().resolve("backend/target/caelum-backend.jar"));
    clone.caelum("beacon");
    assertThat(calls()).hasSize(2);
  }

  @Test
  void aNewJdkGetsItsOwnCacheWithoutABuild() throws Exception {
    clone.caelum("beacon");
    clone.with("JAVA_HOME", clone.jdk("newer", "25.0.4").toString());
    assertThat(clone.caelum("beacon").err()).contains("train the start-up cache");
    assertThat(clone.caelum("beacon").err()).isEmpty();
    assertThat(calls()).hasSize(1);
  }

  @Test
  void aCacheThatCannotBeMadeIsSaidOnceAndTheProgramStarts() throws Exception {
    Path java = clone.usualJdk("25.0.3").resolve("bin/java");
    Files.writeString(
        java, "#!/bin/sh\ncase \"$*\" in *Train.java*) exit 1 ;; esac\necho started\n");
    var first = clone.caelum("beacon");
    assertThat(first.err()).contains("no start-up cache, starts take longer; why: ");
    assertThat(first.out()).isEqualTo("started\n");
    var second = clone.caelum("beacon");
    assertThat(second.err()).isEmpty();
    assertThat(second.out()).isEqualTo("started\n");
  }

  @Test
  void twoStartsAtOnceBuildOnce() throws Exception {
    clone.script("mvnw", "while [ ! -f go ]; do sleep 0.02; done\n" + MAVEN);
    var first = clone.starting(clone.root().resolve("caelum"), "beacon");
    first.awaitSaid("Building Caelum");
    var second = clone.starting(clone.root().resolve("caelum"), "beacon");
    second.awaitSaid("Waiting for the build that process " + first.process().pid() + " runs");
    clone.write("go", "");
    assertThat(first.end().code()).isZero();
    assertThat(second.end().code()).isZero();
    assertThat(calls()).hasSize(1);
  }

  @Test
  void theLockOfAStartThatWasKilledIsCleared() throws Exception {
    clone.script("mvnw", "touch waiting; while [ ! -f go ]; do sleep 0.02; done\n" + MAVEN);
    var killed = clone.starting(clone.root().resolve("caelum"), "beacon");
    killed.awaitSaid("Building Caelum");
    killed.process().destroyForcibly().waitFor();
    clone.write("go", "");
    assertThat(clone.caelum("beacon").code()).isZero();
    assertThat(clone.root().resolve("target/build.lock")).doesNotExist();
  }

  @Test
  void aFailedBuildShowsItsErrorsNamesTheLogAndStartsNothing() throws Exception {
    clone.script("mvnw", "echo '[INFO] noise'; echo '[ERROR] Main.java:[1,1] a reason'; exit 1");
    var ended = clone.caelum("beacon");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .contains("[ERROR] Main.java:[1,1] a reason\n")
        .contains(clone.root().resolve("target/build.log").toString())
        .doesNotContain("noise");
    clone.script("mvnw", MAVEN);
    assertThat(clone.caelum("beacon").code()).isZero();
  }

  private List<String> calls() throws Exception {
    return Files.readAllLines(clone.root().resolve("calls"));
  }
}

package dev.caelum.e2e.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which Maven the wrapper runs. */
class MvnwIT {
  private static final String ZIP = "/apache-maven-3.9.16-bin.zip";

  @TempDir Path base;
  private Clone clone;
  private FileServer server;

  @BeforeEach
  void serveMaven() throws Exception {
    clone = Clone.installed(base);
    server = new FileServer();
    byte[] zip = zip("apache-maven-3.9.16/bin/mvn", "#!/bin/sh\necho fetched \"$@\"\n");
    String url = server.put(ZIP, zip);
    clone.write(".mvn/wrapper/maven-wrapper.properties", "distributionUrl=" + url + "\n");
    server.put(ZIP + ".sha512", sha512(zip).getBytes(UTF_8));
    clone.with("JAVA_HOME", System.getProperty("java.home"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void anInstalledMavenThatIsNewEnoughSparesTheDownload() throws Exception {
    installed("3.8.7");
    assertThat(mvnw()).isEqualTo("installed verify\n");
    installed("3.10.0");
    assertThat(mvnw()).isEqualTo("installed verify\n");
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void anOlderMavenIsPassedOverAndTheDistributionFetchedOnce() throws Exception {
    installed("3.8.6");
    assertThat(mvnw()).isEqualTo("fetched verify\n");
    installed("3.8.7");
    assertThat(mvnw()).isEqualTo("fetched verify\n");
    assertThat(server.asked()).containsExactly(ZIP, ZIP + ".sha512");
  }

  @Test
  void aWrongChecksumRunsNothing() throws Exception {
    installed("3.6.3");
    server.put(ZIP + ".sha512", "00".getBytes(UTF_8));
    var ended = clone.starting(clone.root().resolve("mvnw"), "verify").end();
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.err()).contains("the checksum of ").contains(" is wrong");
    assertThat(ended.out()).isEmpty();
    assertThat(clone.home().resolve(".m2/wrapper/dists/caelum")).isEmptyDirectory();
  }

  private String mvnw() throws Exception {
    return clone.starting(clone.root().resolve("mvnw"), "verify").end().out();
  }

  private void installed(String version) throws Exception {
    Path mvn =
        clone.script(
            "../bin/mvn",
            "[ \"$1\" = -v ] && echo 'Apache Maven "
                + version
                + " (x)' || echo installed \"$@\"\n");
    clone.with("PATH", mvn.getParent() + ":/usr/bin:/bin");
  }

  private static byte[] zip(String name, String text) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static String sha512(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(bytes));
  }
}

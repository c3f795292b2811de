package dev.caelum.e2e.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the launcher gets a JDK for a machine that has none. */
class JdkDownloadIT {
  @TempDir Path base;
  private Clone clone;
  private FileServer server;

  @BeforeEach
  void install() throws Exception {
    clone = Clone.installed(base);
    server = new FileServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void itIsFetchedOnceCheckedAndUsed() throws Exception {
    byte[] archive = archive("25.0.3");
    String url = server.put("/jdk.tar.gz", archive);
    server.put("/jdk.tar.gz.sha256.txt", (sha256(archive) + "  jdk.tar.gz\n").getBytes(UTF_8));
    clone.with("CAELUM_JDK_URL", url);

    var first = clone.caelum("beacon", "--yes");
    assertThat(first.err()).contains("Fetching " + url).contains("JDK 25.0.3 is in " + data());
    assertThat(first.out()).startsWith("java 25.0.3\n");
    var second = clone.caelum("beacon");
    assertThat(second.out()).isEqualTo(first.out());
    assertThat(server.asked()).containsExactly("/jdk.tar.gz.sha256.txt", "/jdk.tar.gz");
    assertThat(data()).isDirectoryContaining("glob:**/jdk");
    assertThat(data().toFile().list()).containsExactly("jdk");
  }

  @Test
  void ciCountsAsYes() throws Exception {
    byte[] archive = archive("25.0.3");
    clone.with("CAELUM_JDK_URL", server.put("/jdk.tar.gz", archive));
    clone.with("CAELUM_JDK_SHA256", sha256(archive)).with("CI", "true");
    assertThat(clone.caelum("beacon").out()).startsWith("java 25.0.3\n");
    assertThat(server.asked()).containsExactly("/jdk.tar.gz");
  }

  @Test
  void nothingIsFetchedWhenNobodyCanBeAsked() throws Exception {
    clone.with("CAELUM_JDK_URL", server.put("/jdk.tar.gz", archive("25.0.3")));
    assertThat(clone.caelum("beacon").code()).isEqualTo(3);
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void aWrongChecksumInstallsNothing() throws Exception {
    byte[] archive = archive("25.0.3");
    String sum = sha256(archive);
    archive[archive.length / 2] ^= 1;
    String url = server.put("/jdk.tar.gz", archive);
    refuses(url, sum, "the checksum of " + url + " is wrong; nothing was installed");
  }

  @Test
  void aTruncatedDownloadInstallsNothing() throws Exception {
    byte[] archive = archive("25.0.3");
    String url = server.put("/jdk.tar.gz", Arrays.copyOf(archive, archive.length / 2));
    refuses(url, sha256(archive), "the checksum of " + url + " is wrong; nothing was installed");
  }

  @Test
  void aFileThatIsNotThereIsNamed() throws Exception {
    String url = server.put("/jdk.tar.gz", new byte[0]).replace("jdk", "other");
    refuses(url, "", "cannot get the checksum " + url + ".sha256.txt: ");
    refuses(url, "00", "the download failed: ");
  }

  @Test
  void anArchiveWithoutAJdk25InstallsNothing() throws Exception {
    byte[] archive = archive("21.0.2");
    String url = server.put("/jdk.tar.gz", archive);
    refuses(url, sha256(archive), "what " + url + " holds is no JDK 25 for this machine");
  }

  private void refuses(String url, String sum, String reason) throws Exception {
    clone.with("CAELUM_JDK_URL", url).with("CAELUM_JDK_SHA256", sum);
    var ended = clone.caelum("beacon", "--yes");
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.err()).contains("caelum: " + reason).contains("Looked for a JDK 25");
    assertThat(data()).isEmptyDirectory();
  }

  private Path data() {
    return clone.home().resolve(".caelum");
  }

  private byte[] archive(String version) throws Exception {
    clone.jdk("packed/jdk-" + version, version);
    Path file = base.resolve("jdk.tar.gz");
    Process tar =
        new ProcessBuilder("tar", "-czf", file.toString(), "-C", base + "/packed", ".").start();
    assertThat(tar.waitFor()).isZero();
    return Files.readAllBytes(file);
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}

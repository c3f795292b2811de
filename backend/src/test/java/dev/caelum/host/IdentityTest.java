package dev.caelum.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {
  @TempDir private Path temp;
  private DataFolder folder;

  @BeforeEach
  void open() throws IOException {
    folder = DataFolder.open(temp);
  }

  @AfterEach
  void close() throws IOException {
    folder.close();
  }

  private Identity load() throws IOException {
    return Identity.load(folder, Optional.empty(), "Studio", "10.32.3.11");
  }

  private void file(String name, String content) throws IOException {
    Files.writeString(temp.resolve(name), content);
  }

  @Test
  void idsAreMintedOnceAndTheInstanceIsNewWithEachStart() throws IOException {
    Identity first = load();
    Identity second = load();

    assertThat(first.machineId().value()).matches("caelum-[0-9a-f]{12}");
    assertThat(UUID.fromString(first.clusterId())).isNotNull();
    assertThat(second.machineId()).isEqualTo(first.machineId());
    assertThat(second.clusterId()).isEqualTo(first.clusterId());
    assertThat(first.instance().value()).matches("[0-9a-f]{16}");
    assertThat(second.instance()).isNotEqualTo(first.instance());
    assertThat(first.notes()).isEmpty();
  }

  @Test
  void aRenewalChangesTheMachineIdAloneAndKeepsTheOldOneBesideIt() throws IOException {
    file("cluster_id", "f828185d-bd50-4bce-8eea-6211cd7f113b");
    Identity before = load();
    Instant minted = Instant.now().minusSeconds(3_600).truncatedTo(ChronoUnit.SECONDS);
    Files.setLastModifiedTime(temp.resolve("machine_id"), FileTime.from(minted));
    assertThat(load().since()).isEqualTo(minted);

    Identity.Renewal renewal = Identity.renew(folder, before.machineId());
    Identity after = load();

    assertThat(renewal.before()).isEqualTo(before.machineId());
    assertThat(after.machineId()).isEqualTo(renewal.after()).isNotEqualTo(before.machineId());
    assertThat(after.since()).isAfter(minted);
    assertThat(after.clusterId()).isEqualTo("f828185d-bd50-4bce-8eea-6211cd7f113b");
    assertThat(temp.resolve("machine_id.old")).hasContent(before.machineId().value());
  }

  @Test
  void theClusterIdOfAnOldNodeIsKept() throws IOException {
    file("cluster_id", "f828185d-bd50-4bce-8eea-6211cd7f113b");

    assertThat(load().clusterId()).isEqualTo("f828185d-bd50-4bce-8eea-6211cd7f113b");
  }

  @Test
  void withoutANameTheDefaultIsShownAndSeparatesNobody() throws IOException {
    Identity identity = load();

    assertThat(identity.clusterName()).isEqualTo("caelum-Studio-11");
    assertThat(identity.clusterNameExplicit()).isFalse();
    assertThat(temp.resolve("cluster_name")).doesNotExist();
  }

  @Test
  void aNameThatAPersonWroteIsExplicit() throws IOException {
    file("cluster_name", "render farm\n");

    Identity identity = load();
    assertThat(identity.clusterName()).isEqualTo("render farm");
    assertThat(identity.clusterNameExplicit()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"caelum-Studio-11", "caelum-studio-1", "caelum-studio-254\n", "", " \n"})
  void whatAnOldNodeWroteThereItselfIsNotExplicit(String content) throws IOException {
    file("cluster_name", content);

    assertThat(load().clusterNameExplicit()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"caelum-studio-north", "caelum-other-11", "caelum-studio-1234"})
  void aNameThatOnlyLooksLikeTheDefaultIsExplicit(String content) throws IOException {
    file("cluster_name", content);

    assertThat(load().clusterNameExplicit()).isTrue();
  }

  @Test
  void theConfiguredNameBeatsTheFile() throws IOException {
    file("cluster_name", "from file");

    Identity identity = Identity.load(folder, Optional.of("option"), "studio", "10.0.0.1");
    assertThat(identity.clusterName()).isEqualTo("option");
    assertThat(identity.clusterNameExplicit()).isTrue();
  }

  @Test
  void aDamagedIdIsKeptAsideReplacedAndNoted() throws IOException {
    Files.write(temp.resolve("machine_id"), new byte[] {0, (byte) 0xFF, 10});

    Identity identity = load();
    assertThat(identity.machineId().value()).matches("caelum-[0-9a-f]{12}");
    assertThat(identity.notes()).singleElement().asString().contains("machine_id.bad");
    assertThat(temp.resolve("machine_id.bad")).hasBinaryContent(new byte[] {0, (byte) 0xFF, 10});
    assertThat(load().machineId()).isEqualTo(identity.machineId());
  }

  @Test
  void aClusterNameThatCannotBeOneRefusesTheStart() throws IOException {
    file("cluster_name", "two\nlines");

    assertThatThrownBy(this::load)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cluster_name holds no usable cluster name");
  }

  @Test
  void aClusterNameThatIsTooLongDoesSoToo() throws IOException {
    Files.write(temp.resolve("cluster_name"), "n".repeat(65).getBytes(UTF_8));

    assertThatThrownBy(this::load).hasMessageContaining("1 to 64 printable characters");
  }

  @Test
  void theLongestHostNameStillGivesANameOf64Characters() {
    assertThat(Identity.defaultName("h".repeat(64), "10.0.0.255")).hasSizeLessThanOrEqualTo(64);
  }
}

package dev.caelum.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.Member;
import dev.caelum.host.DataFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MachineMemoryTest {
  private static final Endpoint GAMMA = new Endpoint("10.0.0.3", 8080);
  private static final Endpoint DELTA = new Endpoint("10.0.0.4", 8081);

  @TempDir private Path path;
  private DataFolder folder;
  private Path file;

  @BeforeEach
  void open() throws Exception {
    folder = DataFolder.open(path);
    file = path.resolve(MachineMemory.FILE);
  }

  @AfterEach
  void close() throws Exception {
    folder.close();
  }

  @Test
  void aNewNodeRemembersNobodyAndWritesNothing() {
    MachineMemory memory = new MachineMemory(folder);

    assertThat(memory.load(7)).isEmpty();
    memory.save(Rows.table());
    assertThat(file).doesNotExist();
  }

  @Test
  void whoWasLinkedIsRememberedAndWhoWasOnlyHeardIsNot() {
    save(Rows.member("gamma", GAMMA), Rows.heard("delta", DELTA));

    Member gamma = Rows.member("gamma", GAMMA);
    assertThat(new MachineMemory(folder).load(7))
        .containsExactly(
            new Input.Remembered(
                7, gamma.id(), gamma.instance(), GAMMA, "gamma", "c1", "caelum-gamma"));
  }

  @Test
  void whoIsNotMetAgainInOneRunIsStillKnownInTheNext() {
    save(Rows.member("gamma", GAMMA));
    MachineMemory second = new MachineMemory(folder);
    assertThat(second.load(0)).hasSize(1);
    second.save(Rows.table(Rows.awaited("gamma", GAMMA), Rows.member("delta", DELTA)));

    assertThat(new MachineMemory(folder).load(0))
        .extracting(Input.Remembered::endpoint)
        .containsExactly(GAMMA, DELTA);
  }

  @Test
  void aTableThatDidNotChangeIsNotWrittenAgain() throws Exception {
    MachineMemory memory = new MachineMemory(folder);
    memory.save(Rows.table(Rows.member("gamma", GAMMA)));
    Files.delete(file);
    memory.save(Rows.table(Rows.member("gamma", GAMMA)));

    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "nonsense", "[]", "{\"machines\": 3}", "{\"version\": 1}"})
  void whatCannotBeUnderstoodIsPutAside(String content) throws Exception {
    Files.writeString(file, content);

    assertThat(new MachineMemory(folder).load(0)).isEmpty();
    assertThat(file).doesNotExist();
    assertThat(path.resolve(MachineMemory.FILE + ".bad")).hasContent(content);
  }

  @Test
  void aTruncatedFileIsPutAsideAtWhateverByteItEnds() throws Exception {
    save(Rows.member("gamma", GAMMA));
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));

      assertThat(new MachineMemory(folder).load(0)).isEmpty();
      assertThat(file).doesNotExist();
    }
  }

  @Test
  void aWriteThatWasKilledLeavesTheLastWholeFile() throws Exception {
    save(Rows.member("gamma", GAMMA));
    Files.writeString(path.resolve("." + MachineMemory.FILE + ".new"), "{\"version\":1,\"mach");

    assertThat(new MachineMemory(folder).load(0)).hasSize(1);
    save(Rows.member("gamma", GAMMA), Rows.member("delta", DELTA));
    assertThat(new MachineMemory(folder).load(0)).hasSize(2);
    assertThat(path.resolve("." + MachineMemory.FILE + ".new")).doesNotExist();
  }

  @Test
  void entriesThatNoNodeWroteAreLeftOut() throws Exception {
    Files.writeString(
        file,
        """
        {"version": 1, "machines": [
          3,
          {"id": "", "host": "10.0.0.1", "port": 8080},
          {"id": "a", "host": "evil.example", "port": 8080},
          {"id": "a", "host": "10.0.0.1", "port": 0},
          {"id": "a", "host": "10.0.0.1", "port": 70000},
          {"id": "a", "host": "10.0.0.1", "port": "8080"},
          {"id": "%s", "host": "10.0.0.1", "port": 8080},
          {"id": "good", "host": "10.0.0.2", "port": 8080, "more": true}
        ]}
        """
            .formatted("x".repeat(65)));

    assertThat(new MachineMemory(folder).load(0))
        .singleElement()
        .satisfies(machine -> assertThat(machine.id().value()).isEqualTo("good"));
  }

  @Test
  void hostileNamesOfAsManyMachinesAsFitAreReadBack() {
    String hostile = "\u0001\"\\\n".repeat(16);
    Member[] many =
        IntStream.range(0, MachineMemory.LIMIT + 10)
            .mapToObj(i -> Rows.member(hostile, new Endpoint("10.0.0.3", 2_000 + i)))
            .toArray(Member[]::new);
    save(many);

    List<Input.Remembered> loaded = new MachineMemory(folder).load(0);
    assertThat(loaded).hasSize(MachineMemory.LIMIT);
    assertThat(loaded.getFirst().hostname()).doesNotContain("\n", "\u0001");
  }

  private void save(Member... members) {
    new MachineMemory(folder).save(Rows.table(members));
  }
}

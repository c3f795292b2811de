package dev.caelum.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.NodeId;
import dev.caelum.host.DataFolder;
import dev.caelum.http.MachineNote;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineNotesTest {
  private static final NodeId BETA = new NodeId("caelum-beta");
  private static final MachineNote SAID =
      new MachineNote("Büro", "two\n\"lines\"", List.of("gpu", "lab"), true);

  @TempDir private Path path;
  private DataFolder folder;

  @BeforeEach
  void open() throws Exception {
    folder = DataFolder.open(path);
  }

  @AfterEach
  void close() throws Exception {
    folder.close();
  }

  @Test
  void whatWasSaidIsThereAfterARestartUntilItIsTakenBack() throws Exception {
    assertThat(new MachineNotes(folder).put(BETA, SAID)).isTrue();
    MachineNotes again = new MachineNotes(folder);
    assertThat(again.of(BETA)).isEqualTo(SAID);
    again.put(BETA, MachineNote.NONE);
    assertThat(new MachineNotes(folder).of(BETA)).isEqualTo(MachineNote.NONE);
    assertThat(Files.readString(path.resolve(MachineNotes.FILE))).doesNotContain("caelum-beta");
  }

  @Test
  void aFileOfSomebodyElseIsPutAsideAndAnEntryThatIsNoneIsLeftOut() throws Exception {
    Path file = path.resolve(MachineNotes.FILE);
    Files.writeString(file, "no JSON");
    assertThat(new MachineNotes(folder).of(BETA)).isEqualTo(MachineNote.NONE);
    assertThat(path.resolve(MachineNotes.FILE + ".bad")).hasContent("no JSON");
    Files.writeString(
        file, "{\"machines\":[7,{\"id\":3},{\"id\":\"caelum-beta\",\"tags\":[1,\"x\"]}]}");
    assertThat(new MachineNotes(folder).of(BETA).tags()).containsExactly("x");
  }

  @Test
  void asManyLongNotesAsThereMayBeAreReadAgain() throws Exception {
    String text = "\u00e4".repeat(MachineNote.NOTE_LIMIT);
    StringBuilder all = new StringBuilder("{\"machines\":[");
    for (int i = 0; i < MachineNotes.LIMIT; i++) {
      all.append(i == 0 ? "" : ",")
          .append("{\"id\":\"m" + i + "\",\"note\":\"" + text + "\",\"tags\":[]}");
    }
    Files.writeString(path.resolve(MachineNotes.FILE), all.append("]}"));
    MachineNotes notes = new MachineNotes(folder);
    assertThat(notes.of(new NodeId("m4095")).note()).isEqualTo(text);
    assertThat(notes.put(BETA, SAID)).isFalse();
    assertThat(notes.put(new NodeId("m7"), SAID)).isTrue();
    assertThat(new MachineNotes(folder).of(new NodeId("m7"))).isEqualTo(SAID);
  }
}

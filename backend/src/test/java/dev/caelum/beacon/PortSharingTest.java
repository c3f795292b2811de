package dev.caelum.beacon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.caelum.host.SocketTable;
import dev.caelum.host.SocketTable.Row;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PortSharingTest {
  private static final int PORT = 8181;
  private static final long OURS = 11;
  private static final long OTHERS = 12;

  private final List<Row> table = new ArrayList<>();
  private Set<Long> held = Set.of(OURS);
  private int looks;
  private final PortSharing sharing =
      new PortSharing(
          PORT,
          () -> List.copyOf(table),
          () -> {
            looks++;
            return held;
          });

  @BeforeEach
  void needsTheKernelsTable() {
    assumeTrue(SocketTable.readable(), "needs /proc/net");
  }

  private static Row row(long inode, long drops) {
    return new Row(InetAddress.getLoopbackAddress(), PORT, inode, false, drops);
  }

  @Test
  void askedAgainWhileNothingIsNew_readsTheDescriptorsOnce() {
    table.add(row(OURS, 0));
    table.add(row(OTHERS, 0));
    for (int second = 0; second < 60; second++) {
      assertThat(sharing.foreignHolder()).isTrue();
      assertThat(sharing.kernelDrops()).isZero();
    }
    assertThat(looks).isEqualTo(1);
  }

  @Test
  void anotherProcessComesAndGoes_isSeenAndForgotten() {
    table.add(row(OURS, 0));
    assertThat(sharing.foreignHolder()).isFalse();
    table.add(row(OTHERS, 0));
    assertThat(sharing.foreignHolder()).isTrue();
    table.removeLast();
    assertThat(sharing.foreignHolder()).isFalse();
  }

  @Test
  void dropsOfOwnSocketsAlone_areCountedAndNeverGoDown() {
    table.add(row(OURS, 3));
    table.add(row(OTHERS, 100));
    assertThat(sharing.kernelDrops()).isEqualTo(3);
    table.set(0, row(OURS, 5));
    assertThat(sharing.kernelDrops()).isEqualTo(5);
    table.removeFirst();
    held = Set.of(13L);
    table.add(row(13, 1));
    assertThat(sharing.kernelDrops()).isEqualTo(6);
  }

  @Test
  void descriptorsCannotBeRead_nobodyIsTakenForAnother() {
    table.add(row(OURS, 0));
    held = Set.of();
    assertThat(sharing.foreignHolder()).isFalse();
    held = Set.of(OURS);
    table.add(row(OTHERS, 0));
    assertThat(sharing.foreignHolder()).isTrue();
  }
}

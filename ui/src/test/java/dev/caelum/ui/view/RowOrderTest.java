package dev.caelum.ui.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.MachineState;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RowOrderTest {
  private final RowOrder order = new RowOrder();

  @Test
  void rowsFollowTheWantedOrder() {
    assertThat(arrange(false, "b", "a")).containsExactly("b", "a");
    assertThat(arrange(false, "a", "b")).containsExactly("a", "b");
    assertThat(order.waiting()).isZero();
  }

  @Test
  void underThePointerKnownRowsStayAndNewOnesComeLast() {
    arrange(false, "a", "b", "c");
    assertThat(arrange(true, "c", "x", "a", "b")).containsExactly("a", "b", "c", "x");
    assertThat(order.waiting()).isEqualTo(4);
  }

  @Test
  void goneRowsLeaveEvenUnderThePointer() {
    arrange(false, "a", "b", "c");
    assertThat(arrange(true, "c", "a")).containsExactly("a", "c");
  }

  private List<String> arrange(boolean frozen, String... keys) {
    List<Machine> wanted = Stream.of(keys).map(RowOrderTest::machine).toList();
    return order.arrange(wanted, frozen).stream().map(Machine::key).toList();
  }

  private static Machine machine(String key) {
    return new Machine(
        key,
        key,
        key,
        "",
        "",
        "",
        "",
        MachineState.ALIVE,
        true,
        false,
        false,
        false,
        false,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        false,
        "",
        null,
        null,
        null,
        null,
        null);
  }
}

package dev.caelum.ui.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class RowOrderTest {
  private final RowOrder<String> order = new RowOrder<>(Function.identity());

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
    return order.arrange(List.of(keys), frozen);
  }
}

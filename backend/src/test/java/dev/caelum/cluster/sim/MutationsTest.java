package dev.caelum.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whichever rule of the core is taken away, some seed or test shows it. */
class MutationsTest {
  static List<Mutation> all() {
    return Mutation.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyRuleStandsInTheSourceOnceAsTheListHasIt(Mutation mutation) throws IOException {
    assertThat(mutation.source()).contains(mutation.after());
    assertThat(mutation.rule()).isNotBlank();
  }

  @Test
  void everyMutationHasANameOfItsOwn() {
    assertThat(all()).extracting(Mutation::name).doesNotHaveDuplicates().hasSizeGreaterThan(40);
  }

  @Test
  @Tag("soak")
  void nothingFailsInTheWholeCore() throws IOException, InterruptedException {
    assertThat(new Mutations(false).huntWithout()).isNull();
  }

  @ParameterizedTest
  @MethodSource("all")
  @Tag("soak")
  void theLackOfEveryRuleShows(Mutation mutation) throws IOException, InterruptedException {
    assertThat(new Mutations(false).hunt(mutation)).isNotNull();
  }
}

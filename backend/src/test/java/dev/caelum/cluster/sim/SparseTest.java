package dev.caelum.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clusters of more than a hundred nodes, in which each has few links. */
class SparseTest {
  private static final long SECOND = World.SECOND;
  private static final long MILLI = World.MILLI;

  @Test
  void everybodyKnowsEverybodyOverFewLinks() {
    Large large = new Large(8, 130, SECOND);
    large.world.run(150 * SECOND);
    assertThat(large.whole()).isTrue();
    for (Node node : large.nodes) {
      long links = links(node);
      assertThat(links).as("links of %s", node).isBetween(6L, 40L);
    }
    Node victim = large.nodes.get(50);
    victim.kill();
    large.world.run(SECOND);
    assertThat(large.whole()).isTrue();
    large.nodes.get(70).stop();
    large.world.run(SECOND);
    assertThat(large.whole()).isTrue();
    Node next = new Node(large.world, victim.id.value(), victim.host, 8080, null);
    large.nodes.add(next);
    next.start();
    large.world.run(2 * SECOND);
    assertThat(large.whole()).isTrue();
  }

  @Test
  void newsIsKnownAtOnceAndARestartToo() {
    Large large = new Large(3, 130, SECOND);
    large.world.run(100 * SECOND);
    assertThat(large.whole()).isTrue();
    Node victim = large.nodes.get(50);
    victim.kill();
    large.world.run(100 * MILLI);
    // All but those few that had an answer of it within the last second, and look for themselves.
    assertThat(large.nodes.stream().filter(node -> node.state(victim) == MemberState.DEAD))
        .hasSizeGreaterThan(110);
    large.world.run(2 * SECOND);
    assertThat(large.whole()).isTrue();
    Node quick = large.nodes.get(20);
    quick.kill();
    Node next = new Node(large.world, quick.id.value(), quick.host, 8080, null);
    large.nodes.add(next);
    next.start();
    large.world.run(1_500 * MILLI);
    assertThat(large.whole()).isTrue();
  }

  @Test
  void whoLosesAllItsLinksHasOthersWithinTwoSeconds() {
    Large large = new Large(4, 150, SECOND);
    large.world.run(100 * SECOND);
    Node lonely = large.nodes.get(70);
    List<Node> linked = new ArrayList<>();
    for (Node node : large.nodes) {
      Member row = node == lonely ? null : lonely.find(node);
      if (row != null && row.link() != null) {
        linked.add(node);
      }
    }
    linked.forEach(Program::kill);
    large.world.run(2 * SECOND);
    assertThat(links(lonely)).isGreaterThanOrEqualTo(10);
    assertThat(large.whole()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a-lower-id-than-all", "z-higher-id-than-all"})
  void whoJoinsManyIsKnownToAllWithinHalfASecond(String id) {
    Large large = new Large(5, 170, SECOND);
    large.world.run(60 * SECOND);
    Node joiner = new Node(large.world, id, large.world.host(200), 8080, null);
    large.nodes.add(joiner);
    joiner.start();
    large.world.run(500 * MILLI);
    assertThat(large.nodes).allMatch(node -> node.state(joiner) == MemberState.ALIVE);
    assertThat(Large.seesAll(joiner, large.nodes.size())).isTrue();
  }

  private static long links(Node node) {
    return node.core.snapshot().members().stream().filter(row -> row.link() != null).count();
  }
}

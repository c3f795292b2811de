package dev.caelum.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.Announcement;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Member;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What anybody on the LAN may say in a beacon about a member: nothing that counts. */
class ForgeryTest {
  private static final Endpoint ELSEWHERE = new Endpoint("10.0.0.88", 4444);

  private final World world = new World(1);
  private Node witness;
  private Node victim;

  @BeforeEach
  void aMemberThatNobodyIsLinkedWith() {
    List<Node> nodes = world.settled(3);
    witness = nodes.get(1);
    victim = nodes.get(2);
    victim.kill();
    world.run(5 * World.SECOND);
  }

  private Member row() {
    return witness.core.snapshot().members().stream()
        .filter(member -> member.id().equals(victim.id))
        .findFirst()
        .orElseThrow();
  }

  private void forge(long incarnation) {
    Announcement says =
        new Announcement(
            victim.id,
            victim.instance,
            1_000_000,
            incarnation,
            null,
            "forged",
            ELSEWHERE.host(),
            "c",
            "n",
            Duration.ofSeconds(15),
            List.of());
    witness.datagram(new Datagram(says, ELSEWHERE, false));
    world.run(World.SECOND);
  }

  @Test
  void aBeaconRaisesNoMembersIncarnation() {
    Member before = row();
    forge(before.incarnation() + 1_000_000);
    assertThat(row().incarnation()).isEqualTo(before.incarnation());
  }

  @Test
  void aBeaconMovesNoMember() {
    Member before = row();
    world.run(60 * World.SECOND);
    forge(before.incarnation());
    assertThat(row().endpoint()).isEqualTo(before.endpoint());
    assertThat(row().hostname()).isEqualTo(before.hostname());
  }
}

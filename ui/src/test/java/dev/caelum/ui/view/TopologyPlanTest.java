package dev.caelum.ui.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.ui.client.Machine;
import dev.caelum.ui.fake.FakeJson;
import dev.caelum.ui.fake.FakeMachines;
import dev.caelum.ui.view.TopologyPlan.Kind;
import dev.caelum.ui.view.TopologyPlan.Spot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where things are on the map. */
final class TopologyPlanTest {
  private static TopologyPlan plan(List<Machine> machines, String open) {
    return TopologyPlan.of(machines, TopologyChoice.USUAL.withOpen(open));
  }

  @Test
  void theSameMachinesAreAtTheSamePlacesInWhateverOrderTheyAreTold() {
    List<Machine> machines = FakeMachines.read(FakeMachines.many(40, 20));
    List<Machine> other = new ArrayList<>(machines);
    Collections.shuffle(other, new Random(4));
    assertThat(plan(other, "")).isEqualTo(plan(machines, ""));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7, 13, 14, 35, 60, 61, 400})
  void everybodyIsInThePictureAndNobodyOnAnother(int others) {
    List<Machine> machines = FakeMachines.read(FakeMachines.many(others, 100));
    for (String open : List.of("", "10.0.0.x")) {
      TopologyPlan plan = plan(machines, open);
      assertThat(plan.spots().getFirst().kind()).isEqualTo(Kind.SELF);
      assertThat(plan.spots()).extracting(Spot::id).doesNotHaveDuplicates();
      for (Spot spot : plan.spots()) {
        assertThat(Math.abs(spot.x()) + spot.radius()).isLessThan(plan.width());
        assertThat(Math.abs(spot.y()) + spot.radius() + 40).isLessThan(plan.height());
        assertThat(plan.spots())
            .allMatch(each ->
                each.equals(spot) || Math.hypot(each.x() - spot.x(), each.y() - spot.y()) > 2 * 22);
      }
    }
  }

  @Test
  void aboveSixtyEachNetworkIsABubbleAndTheOpenOneIsShownOneByOne() {
    List<Machine> machines = FakeMachines.read(FakeMachines.many(100, 50));
    assertThat(plan(machines, "").spots())
        .extracting(Spot::id)
        .containsExactly("m:caelum-alpha@192.168.1.10:8080", "g:10.0.0.x", "g:10.0.1.x");
    List<Spot> open = plan(machines, "10.0.1.x").spots();
    assertThat(open.stream().map(Spot::kind))
        .contains(Kind.FOLD)
        .filteredOn(Kind.MACHINE::equals)
        .hasSize(50);
    assertThat(open).extracting(Spot::id).contains("g:10.0.0.x").doesNotContain("g:10.0.1.x");
  }

  @ParameterizedTest
  @CsvSource({"24, 12, 24", "25, 12, 3", "700, 100, 7", "1000, 100, 8", "1000, 1, 8"})
  void aSmallMapHoldsFewThingsAndForgetsNobody(int others, int perNetwork, int things) {
    List<Machine> machines = FakeMachines.read(FakeMachines.many(others, perNetwork));
    List<Spot> spots = TopologyPlan.of(machines, TopologyChoice.SMALL).spots();
    assertThat(spots).hasSize(1 + things).extracting(Spot::id).doesNotHaveDuplicates();
    assertThat(spots.stream().mapToInt(spot -> spot.members().size()).sum()).isEqualTo(1 + others);
  }

  @Test
  void ofAVeryLargeGroupThoseBeyondTheRoomAreOneSign() {
    List<Machine> machines = FakeMachines.read(FakeMachines.many(200, 200));
    Spot rest = plan(machines, "10.0.0.x").spots().getLast();
    assertThat(rest.kind()).isEqualTo(Kind.REST);
    assertThat(rest.members()).hasSize(200 - TopologyPlan.OPEN);
  }

  @Test
  void whoIsOfflineCanBeLeftOut() {
    List<Machine> machines =
        FakeMachines.read(
            List.of(
                FakeJson.self(),
                FakeJson.machine("dora", "192.168.1.13", "dead", false).build(),
                FakeJson.machine("zeta", "192.168.1.12", "suspect", true).build()));
    assertThat(plan(machines, "").spots()).hasSize(3);
    assertThat(TopologyPlan.of(machines, TopologyChoice.USUAL.withOffline(false)).spots())
        .hasSize(2);
  }

  @Test
  void aLineIsOnlyWhereThisNodeHasOneOrOthersVouch() {
    List<Machine> machines =
        FakeMachines.read(
            List.of(
                FakeJson.self(),
                FakeJson.machine("linked", "192.168.1.11", "alive", true).build(),
                FakeJson.machine("silent", "192.168.1.12", "suspect", true).build(),
                FakeJson.machine("far", "192.168.1.13", "alive", false).build(),
                FakeJson.machine("dead", "192.168.1.14", "dead", false).build(),
                FakeJson.machine("heard", "192.168.1.15", "heard", false).build(),
                FakeJson.machine("lab", "192.168.1.16", "alive", false)
                    .add("foreign", true)
                    .build()));
    assertThat(machines)
        .extracting(TopologyLink::of)
        .containsExactly(
            TopologyLink.NONE,
            TopologyLink.LINKED,
            TopologyLink.DOUBTED,
            TopologyLink.KNOWN,
            TopologyLink.NONE,
            TopologyLink.NONE,
            TopologyLink.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "192.168.1.10:8080, 192.168.1.x",
    "192.168.1.10, 192.168.1.x",
    "'[2001:db8:1:2::5]:8080', 2001:db8:1:2::x",
    "fe80::1%eth0, fe80:0:0:0::x",
    "beta.local:8080, ?",
    "'', ?",
    "'[::1', 0:0:0:0::x",
    "<b>:8080, ?"
  })
  void aGroupIsTheBeginningOfTheAddress(String address, String group) {
    assertThat(TopologyGroup.subnet(address)).isEqualTo(group);
  }
}

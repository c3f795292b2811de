package dev.caelum.e2e.lan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.e2e.oldnode.OldMachine;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Beacons that lie about where to dial. */
@InLab
class ForgeryIT {
  private static final String OFF_SUBNET = "192.0.2.7";

  /** A well-formed beacon of an old node that claims {@code primary}. */
  private static String beacon(String primary, int port) {
    OldMachine machine =
        new OldMachine("forged", primary, primary, UUID.randomUUID().toString(), port, List.of());
    JsonObject beacon =
        Json.createObjectBuilder(machine.beacon())
            .add("machine_id", "caelum-" + UUID.randomUUID().toString().substring(0, 8))
            .build();
    return beacon.toString();
  }

  /** Counts TCP connects that leave {@code host} for {@code target}. */
  private static void countDials(Host host, String target, String name) {
    host.filter(
        "output",
        "ip daddr %s tcp flags & (syn | ack) == syn counter comment \"%s\""
            .formatted(target, name));
  }

  @Test
  @DisplayName("26: beacons that name 127.0.0.1, 169.254.169.254 or another network: not dialled")
  void beaconsNameForbiddenAddresses_noneIsDialled(Lab lab) throws Exception {
    Cluster cluster = Cluster.met(lab, 2);
    NodeProcess node = cluster.node(0);
    countDials(node.host(), "127.0.0.0/8", "loopback");
    countDials(node.host(), "169.254.0.0/16", "metadata");
    countDials(node.host(), OFF_SUBNET, "elsewhere");
    countDials(node.host(), "224.0.0.0/3", "multicast");
    countDials(node.host(), Lab.LAN + "201", "source");
    try (Datagrams air = new Datagrams(lab)) {
      List<String> forbidden =
          List.of(
              "127.0.0.1",
              "169.254.169.254",
              OFF_SUBNET,
              "224.0.0.1",
              "255.255.255.255",
              "0.0.0.0",
              "::1",
              node.address(),
              "not an address");
      for (String primary : forbidden) {
        air.sendFrom(201, node.address(), beacon(primary, 9_999));
      }
      // In the name of addresses that must not be dialled though they are the datagram's source.
      for (String source : List.of("169.254.169.254", OFF_SUBNET)) {
        byte[] data = beacon(source, 9_999).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        air.sendAs(source, node.address(), data);
      }
      // A privileged port at the source: never dialled.
      air.sendFrom(202, node.address(), beacon(Lab.LAN + "202", 22));
      Eventually.get(() -> node.host().counted("source"), dials -> dials > 0);
    }
    assertThat(node.host().counted("loopback")).isZero();
    assertThat(node.host().counted("metadata")).isZero();
    assertThat(node.host().counted("elsewhere")).isZero();
    assertThat(node.host().counted("multicast")).isZero();
    assertThat(node.log()).doesNotContain("Connecting to 169.254", "Connecting to 127.");
    cluster.awaitAllMet(Cluster.MEET);
  }

  @Test
  @DisplayName("25: 500 beacons forged in a victim's name: at most one connect in 10 s a node")
  void fiveHundredBeaconsNameOneVictim_itIsDialledOnceInTenSeconds(Lab lab) throws Exception {
    Cluster cluster = Cluster.met(lab, 2);
    Host victim = lab.host();
    for (NodeProcess node : cluster.nodes()) {
      victim.filter(
          "input",
          "ip saddr %s tcp flags & (syn | ack) == syn counter comment \"%s\""
              .formatted(node.address(), node.host().name()));
    }
    long start = System.nanoTime();
    try (Datagrams air = new Datagrams(lab)) {
      for (int i = 0; i < 500; i++) {
        byte[] data =
            beacon(victim.address(), 9_000 + i % 50)
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        for (NodeProcess node : cluster.nodes()) {
          if (i % 2 == 0) {
            air.sendAs(victim.address(), node.address(), data);
          } else {
            air.send(node.address(), data);
          }
        }
      }
    }
    Eventually.passed(start, Duration.ofSeconds(15));
    double tens = Math.ceil((System.nanoTime() - start) / 1e10);
    for (NodeProcess node : cluster.nodes()) {
      assertThat((double) victim.counted(node.host().name()))
          .as("connects of " + node.host().name() + " to the victim")
          .isLessThanOrEqualTo(tens);
    }
    cluster.awaitAllMet(Cluster.MEET);
  }
}

package dev.caelum.e2e.lan;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Datagrams, frames and names that nobody should send. */
@InLab
class GarbageIT {
  private static final String REFUSED = "caelum_beacons_refused";

  private static Map<String, byte[]> garbage() {
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put("empty", new byte[0]);
    all.put("not UTF-8", new byte[] {'{', (byte) 0xC3, (byte) 0x28, '}'});
    byte[] huge = new byte[65_507];
    Arrays.fill(huge, (byte) ' ');
    all.put("65,507 bytes", huge);
    all.put("depth", ("[".repeat(2_000) + "]".repeat(2_000)).getBytes(StandardCharsets.UTF_8));
    all.put("NaN", text("{\"message_type\":\"CAELUM_BEACON\",\"websocket_port\":NaN}"));
    all.put("twice", text("{\"message_type\":\"CAELUM_BEACON\",\"message_type\":\"x\"}"));
    all.put("digits", text("{\"websocket_port\":1" + "0".repeat(3_000) + "}"));
    all.put("no object", text("[1,2,3]"));
    all.put("unknown", text("{\"hello\":\"world\"}"));
    all.put("half", text("{\"message_type\":\"CAELUM_BEACON\","));
    all.put("types", text("{\"message_type\":\"CAELUM_BEACON\",\"machine_id\":7}"));
    return all;
  }

  private static byte[] text(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  @DisplayName("22: malformed datagrams of every kind are counted and change nothing")
  void malformedDatagrams_areCountedByReasonAndChangeNothing(Lab lab) throws Exception {
    Cluster cluster = Cluster.met(lab, 2);
    NodeProcess node = cluster.node(0);
    double before = node.metric(REFUSED);
    try (Datagrams air = new Datagrams(lab)) {
      for (byte[] datagram : garbage().values()) {
        air.send(node.address(), datagram);
      }
    }
    int kinds = garbage().size();
    Eventually.get(() -> node.metric(REFUSED), refused -> refused >= before + kinds - 1);
    assertThat(cluster.feed(node).rows()).hasSize(2);
    assertThat(cluster.feed(node).statesOf(cluster.node(1).address())).doesNotContain("suspect");
    assertThat(node.log()).doesNotContain("Exception");
  }

  @Test
  @DisplayName("23: a flood of garbage from one source loses no peer and fills no log")
  void floodOfGarbage_losesNoPeerAndFillsNoLog(Lab lab) throws Exception {
    Cluster cluster = Cluster.met(lab, 3);
    NodeProcess node = cluster.node(0);
    long lines = node.log().lines().count();
    try (Datagrams air = new Datagrams(lab)) {
      List<byte[]> kinds = List.copyOf(garbage().values());
      long end = System.nanoTime() + Duration.ofSeconds(8).toNanos();
      for (int i = 0; System.nanoTime() < end; i++) {
        air.send(node.address(), kinds.get(i % kinds.size()));
      }
    }
    assertThat(node.send(node.request("/health").build()).statusCode()).isEqualTo(200);
    for (NodeProcess other : cluster.others(node)) {
      assertThat(cluster.feed(node).statesOf(other.address())).doesNotContain("suspect", "dead");
      assertThat(cluster.feed(other).statesOf(node.address())).doesNotContain("suspect", "dead");
    }
    assertThat(node.log().lines().count() - lines).isLessThan(20);
  }

  @Test
  @DisplayName("34: unknown message types, fields and frames are counted; the link stays")
  void unknownTypesAndFields_areIgnoredAndTheLinkStays(Lab lab) throws Exception {
    NodeProcess node = NodeProcess.start(lab.host()).ready();
    String id = "caelum-00000000";
    JsonObject empty = Json.createObjectBuilder().build();
    try (WsPeer peer = new WsPeer(node, lab.alsoHere(210), "strange")) {
      peer.register(id);
      peer.send(id, "bogus_type", empty);
      peer.sendText(peer.envelope(id, "ping", empty).add("extra", 1).build().toString());
      peer.send(id, "status_broadcast", Json.createObjectBuilder().add("x", 1).build());
      peer.sendText("{\"message_type\":\"ping\"}");
      peer.sendText("[]");
      peer.sendText("not json");
      assertThat(peer.pingMillis(id)).isPositive();
      assertThat(peer.open()).isTrue();
    }
  }

  @Test
  @DisplayName("34: a peer that speaks later versions too is linked, one without ours gets 4003")
  void peerSpeaksLaterVersions_linkedOnlyWithOneInCommon(Lab lab) throws Exception {
    NodeProcess node = NodeProcess.start(lab.host()).ready();
    try (WsPeer both = new WsPeer(node, lab.alsoHere(211), "both");
        WsPeer later = new WsPeer(node, lab.alsoHere(212), "later")) {
      both.send("caelum-both", "machine_register", registration(both, "caelum-both", 1));
      both.await("machine_update");
      later.send("caelum-later", "machine_register", registration(later, "caelum-later", 99));
      assertThat(later.closed().get(10, TimeUnit.SECONDS)).isEqualTo(4003);
      assertThat(both.open()).isTrue();
    }
  }

  private static JsonObject registration(WsPeer peer, String id, int minimum) {
    return Json.createObjectBuilder()
        .add("machine_info", Json.createObjectBuilder(peer.self().info()).add("machine_id", id))
        .add(
            "_caelum",
            Json.createObjectBuilder()
                .add("instance", "0123456789abcdef")
                .add(
                    "protocol",
                    Json.createObjectBuilder().add("minimum", minimum).add("maximum", 99)))
        .build();
  }

  @Test
  @DisplayName("51: hostile host names stay text in API and log")
  void hostileNames_stayTextInApiAndLog(Lab lab) throws Exception {
    Cluster cluster = Cluster.start(lab, 1);
    NodeProcess node = cluster.node(0);
    List<String> hostile =
        List.of(
            "<img src=x onerror=alert(1)>",
            "a\n2026-11-22 INFO forged line",
            "\u001b[31mred\u0007",
            "\u202Egnp.exe",
            "x".repeat(2_000),
            "=cmd|' /C calc'!A0");
    for (int i = 0; i < hostile.size(); i++) {
      String id = "caelum-hostile" + i;
      try (WsPeer peer = new WsPeer(node, lab.alsoHere(220 + i), hostile.get(i))) {
        peer.send(
            id,
            "machine_register",
            Json.createObjectBuilder()
                .add(
                    "machine_info",
                    Json.createObjectBuilder(peer.self().info()).add("machine_id", id))
                .build());
        if (i == 0) {
          peer.await("machine_update");
        } else {
          peer.send(id, "ping", Json.createObjectBuilder().build());
        }
      }
    }
    Eventually.get(cluster.feed(node)::rows, rows -> rows.size() > 1);
    assertThat(node.log()).doesNotContain("\u001b", "\u0007", "\u202E", "\n2026-11-22 INFO forged");
    assertThat(node.log().lines()).allMatch(line -> line.length() < 1_000);
    for (Row row : cluster.feed(node).rows()) {
      assertThat(row.hostname()).doesNotContain("\n", "\u001b", "\u202E");
      assertThat(row.hostname().length()).isLessThanOrEqualTo(64);
    }
  }
}

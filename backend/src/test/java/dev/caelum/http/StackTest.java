package dev.caelum.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.feed.NodeStatus;
import dev.caelum.feed.Values;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Notices when parts of the server that are pinned to other versions stop working together. */
class StackTest {
  private final TestNode node = new TestNode();

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void theRootHoldsTheWordThatOldNodesScanFor() {
    var response = node.get("/");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("caelum").contains("8090").contains("/api/v1/machines");
  }

  @Test
  void healthIs503OnlyWhenTheNodeIsDown() {
    for (NodeStatus.Health health : NodeStatus.Health.values()) {
      node.status = Values.node(health);
      int expected = health == NodeStatus.Health.DOWN ? 503 : 200;
      assertThat(node.get("/health").statusCode()).as("%s", health).isEqualTo(expected);
      assertThat(node.get("/observe/health").statusCode()).as("%s", health).isEqualTo(expected);
    }
    assertThat(node.get("/health").body()).contains("\"status\":\"down\"").contains("no_echo");
    assertThat(node.get("/observe/health").body()).contains("no_echo").contains("DOWN");
  }

  @Test
  void metersReachThePage() {
    var metrics = Observation.of(node::status).metrics();
    metrics.gauge("caelum_test_depth", "A depth", () -> 7);
    metrics.counted("caelum_test_sent", "Sent", () -> 11L, "interface", "eth0");
    metrics.counter("caelum_test_dials", "Dials", "outcome", "refused").increment();
    String page = node.get("/observe/metrics").body();
    assertThat(page)
        .containsPattern("caelum_test_depth\\{.*} 7.0")
        .containsPattern("caelum_test_sent_total\\{.*interface=\"eth0\".*} 11.0")
        .containsPattern("caelum_test_dials_total\\{.*outcome=\"refused\".*} 1.0");
  }
}

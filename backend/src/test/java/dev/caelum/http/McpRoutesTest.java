package dev.caelum.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caelum.service.Service;
import dev.caelum.service.ServiceState;
import dev.caelum.service.Spoken;
import dev.caelum.service.Tool;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The endpoint of the LAN, asked by the SDK's own client over a real server. */
class McpRoutesTest {
  private static final String PING =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{}}";

  private final TestNode node = new TestNode();
  private final CountDownLatch changed = new CountDownLatch(1);
  private final McpSyncClient client =
      McpClient.sync(
              HttpClientStreamableHttpTransport.builder(node.base()).endpoint("/mcp").build())
          .toolsChangeConsumer(_ -> changed.countDown())
          .build();

  @AfterEach
  void close() {
    client.close();
    node.close();
  }

  @Test
  void anAssistantSeesTheCluster() {
    client.initialize();
    assertThat(names())
        .containsExactlyInAnyOrder(
            "machines",
            "machine_why",
            "services",
            "ports",
            "discover",
            "task_submit",
            "task_show",
            "task_why",
            "task_cancel",
            "task_list");
    assertThat(text(call("machines", Map.of()))).contains("\"hostname\":\"alpha\"");
    assertThat(text(call("machine_why", Map.of("machine", "ALPHA")))).contains("\"findings\"");
    assertThat(text(call("services", Map.of()))).contains("\"services\":[]");
    assertThat(text(call("ports", Map.of()))).contains("\"machines\"");
    assertThat(text(call("discover", Map.of()))).contains("discovery_completed");
    assertThat(node.asked).contains("discover");
  }

  @Test
  void aTaskIsSubmittedAndItsResultShown() {
    client.initialize();
    Map<String, Object> task = Map.of("type", "echo", "payload", Map.of("text", "hello"));
    String done = text(call("task_submit", task));
    assertThat(done)
        .contains("\"state\":\"done\"", "\"result\":{\"text\":\"hello\"}", "\"client\":\"local\"");
    String id = done.replaceAll("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
    assertThat(text(call("task_show", Map.of("id", id)))).isEqualTo(done);
    assertThat(text(call("task_list", Map.of("state", "done")))).contains(id, "\"counts\"");
    assertThat(text(call("task_why", Map.of("id", id)))).contains("\"possible\":true");
    McpSchema.CallToolResult late = call("task_cancel", Map.of("id", id));
    assertThat(late.isError()).isTrue();
    assertThat(text(late)).contains("done already");
  }

  @Test
  void aTaskThatWaitsIsCancelled() {
    node.tasks.answering = false;
    client.initialize();
    String open = text(call("task_submit", Map.of("type", "echo", "wait_s", 0)));
    String id = open.replaceAll("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
    assertThat(text(call("task_cancel", Map.of("id", id)))).contains("\"state\":\"cancelled\"");
    assertThat(text(call("task_show", Map.of("id", id, "wait_s", 5)))).contains("an assistant");
  }

  @Test
  void aTaskThatNobodyCanRunIsRefusedWithWhatWouldHaveToBeSo() {
    client.initialize();
    McpSchema.CallToolResult refused = call("task_submit", Map.of("type", "cook"));
    assertThat(refused.isError()).isTrue();
    assertThat(text(refused)).contains("No machine can run it");
    assertThat(text(call("task_why", Map.of("type", "cook")))).contains("\"possible\":false");
    assertThat(call("task_submit", Map.of("type", "echo", "wait_s", 99)).isError()).isTrue();
    assertThat(call("task_show", Map.of("id", "none")).isError()).isTrue();
  }

  @Test
  void aMachineThatNobodyKnowsIsAnErrorThatSaysSo() {
    client.initialize();
    McpSchema.CallToolResult result = call("machine_why", Map.of("machine", "nobody"));
    assertThat(result.isError()).isTrue();
    assertThat(text(result)).contains("No machine goes by this id or key");
  }

  @Test
  void theToolsOfReadyServersAreCalled() {
    node.services.own = List.of(ready("search"));
    client.initialize();
    assertThat(names()).contains("alpha__search");
    assertThat(text(call("alpha__search", Map.of()))).isEqualTo("search on alpha");
  }

  @Test
  void aChangeIsTold() throws Exception {
    client.initialize();
    assertThat(names()).doesNotContain("alpha__search");
    node.services.own = List.of(ready("search"));
    assertThat(changed.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(names()).contains("alpha__search");
    node.services.own = List.of();
    assertThat(names()).doesNotContain("alpha__search");
  }

  @Test
  void aToolThatNobodyHasIsAnError() {
    client.initialize();
    assertThatThrownBy(() -> call("alpha__nothing", Map.of())).isInstanceOf(McpError.class);
  }

  @Test
  void aMessageWithoutASessionIsToldToBeginAnew() {
    assertThat(node.post("/mcp", PING).statusCode()).isEqualTo(404);
    assertThat(node.post("/mcp", PING, "Mcp-Session-Id", "x").statusCode()).isEqualTo(404);
    assertThat(node.get("/mcp").statusCode()).isEqualTo(404);
    assertThat(node.send("DELETE", "/mcp", null).statusCode()).isEqualTo(404);
    assertThat(node.post("/mcp", "{}").statusCode()).isEqualTo(400);
    assertThat(node.post("/mcp", "[").statusCode()).isEqualTo(400);
  }

  @Test
  void othersMayNotUseIt() {
    String[] other = {"X-Forwarded-For", "192.168.7.9"};
    assertThat(node.post("/mcp", PING, other).body()).contains("local_only");
    assertThat(node.get("/mcp", other).body()).contains("local_only");
  }

  private List<String> names() {
    return client.listTools().tools().stream().map(McpSchema.Tool::name).toList();
  }

  private McpSchema.CallToolResult call(String tool, Map<String, Object> arguments) {
    return client.callTool(McpSchema.CallToolRequest.builder(tool).arguments(arguments).build());
  }

  private static String text(McpSchema.CallToolResult result) {
    return ((McpSchema.TextContent) result.content().getFirst()).text();
  }

  private static Service ready(String tool) {
    Spoken spoken =
        new Spoken("streamable-http", "s", "1", 1, List.of(new Tool(tool, "Finds.", Tool.ANY)), 0);
    return new Service(8_118, "s", ServiceState.READY, "", null, spoken, false, 0);
  }
}

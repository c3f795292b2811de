package dev.caelum.e2e.mcp;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One call in the words of MCP itself, since the SDK's client cannot cancel. */
final class RawCall {
  private static final String SESSION = "Mcp-Session-Id";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI endpoint;
  private String session = "";
  private CompletableFuture<HttpResponse<String>> answer = new CompletableFuture<>();

  RawCall(String endpoint) {
    this.endpoint = URI.create(endpoint);
  }

  /** Opens a session and calls a tool; returns at once. */
  JsonObject begin(String tool) throws IOException, InterruptedException {
    String initialize =
        """
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
        "capabilities":{},"clientInfo":{"name":"raw","version":"1"}}}\
        """;
    session = post(initialize).headers().firstValue(SESSION).orElseThrow();
    post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    answer =
        http.sendAsync(
            request(
                """
                {"jsonrpc":"2.0","id":77,"method":"tools/call","params":{"name":"%s","arguments":{}}}\
                """
                    .formatted(tool)),
            HttpResponse.BodyHandlers.ofString());
    return JsonObject.EMPTY_JSON_OBJECT;
  }

  /** Cancels the call and tells what its stream said until its end. */
  JsonObject cancel() throws Exception {
    long began = System.nanoTime();
    String cancelled =
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\","
            + "\"params\":{\"requestId\":77,\"reason\":\"not needed\"}}";
    return Json.createObjectBuilder()
        .add("status", post(cancelled).statusCode())
        .add("said", answer.get(10, TimeUnit.SECONDS).body())
        .add("ms", (System.nanoTime() - began) / 1e6)
        .build();
  }

  private HttpResponse<String> post(String message) throws IOException, InterruptedException {
    return http.send(request(message), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest request(String message) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(message));
    return (session.isEmpty() ? request : request.header(SESSION, session)).build();
  }
}

package dev.caelum.ui.proxy;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * Passes API requests on to the node and streams the answers back as they come. Only the listed
 * headers travel; the node is told the caller's address.
 */
public final class NodeProxy extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** The node's own limit for a request body. */
  private static final int MAX_BODY = 64 << 10;

  /** The node sees the dashboard as one caller on its machine, and sets that one no limit. */
  private static final int MAX_AT_ONCE = 256;

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE");
  private static final List<String> FORWARDED = List.of("Accept", "Content-Type", "Last-Event-ID");
  private static final List<String> RETURNED =
      List.of("Content-Type", "Cache-Control", "Retry-After", "Allow", "Location");

  private final transient Semaphore places = new Semaphore(MAX_AT_ONCE);
  private final transient HttpClient http;
  private final URI node;

  /**
   * @param node base address of the node
   */
  public NodeProxy(HttpClient http, URI node) {
    this.http = http;
    this.node = node;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!METHODS.contains(request.getMethod())) {
      problem(response, 405, "method_not_allowed", "This method is not part of the API.");
      return;
    }
    if (!places.tryAcquire()) {
      response.setHeader("Retry-After", "5");
      problem(response, 503, "busy", "Too many requests are under way.");
      return;
    }
    try {
      pass(request, response);
    } finally {
      places.release();
    }
  }

  private void pass(HttpServletRequest request, HttpServletResponse response) throws IOException {
    byte[] body = request.getInputStream().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      problem(response, 413, "too_large", "A request body has at most 64 KiB.");
      return;
    }
    HttpResponse<InputStream> answer;
    try {
      answer = http.send(forward(request, body), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException | IllegalArgumentException e) {
      problem(response, 502, "node_lost", "The node behind this dashboard does not answer.");
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      problem(response, 503, "stopping", "This dashboard is stopping.");
      return;
    }
    try (InputStream in = answer.body()) {
      copyBack(answer, in, response);
    }
  }

  private HttpRequest forward(HttpServletRequest request, byte[] body) {
    String query = request.getQueryString();
    URI target = node.resolve(request.getRequestURI() + (query == null ? "" : "?" + query));
    if (!target.getRawAuthority().equals(node.getRawAuthority())) {
      throw new IllegalArgumentException("not a path of the node");
    }
    HttpRequest.Builder forward =
        HttpRequest.newBuilder(target)
            .timeout(PATIENCE)
            .header("X-Forwarded-For", Caller.of(request))
            .method(request.getMethod(), BodyPublishers.ofByteArray(body));
    for (String name : FORWARDED) {
      String value = request.getHeader(name);
      if (value != null) {
        forward.header(name, value);
      }
    }
    return forward.build();
  }

  /** Flushes after every piece, so that an event reaches the caller when it happens. */
  private static void copyBack(
      HttpResponse<InputStream> answer, InputStream in, HttpServletResponse response)
      throws IOException {
    response.setStatus(answer.statusCode());
    for (String name : RETURNED) {
      answer.headers().firstValue(name).ifPresent(value -> response.setHeader(name, value));
    }
    answer.headers().firstValueAsLong("Content-Length").ifPresent(response::setContentLengthLong);
    OutputStream out = response.getOutputStream();
    response.flushBuffer();
    byte[] piece = new byte[8 << 10];
    for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
      out.write(piece, 0, n);
      out.flush();
    }
  }

  private static void problem(HttpServletResponse response, int status, String code, String detail)
      throws IOException {
    String json =
        """
        {"type":"about:blank","title":"%s","status":%d,"detail":"%s","code":"%s"}\
        """
            .formatted(code, status, detail, code);
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType("application/problem+json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}

package dev.caelum.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The machine-readable twin of the API document. */
final class SpecRoutes {
  private SpecRoutes() {}

  static void register(Routes routes) {
    Routes.Endpoint answer = request -> new Reply(200, Reply.JSON, document());
    routes.get(HttpApi.BASE + "/openapi.json", answer);
    routes.get("/openapi.json", answer);
  }

  /** The OpenAPI 3.1 document as it is served. */
  static String document() {
    try (InputStream in = SpecRoutes.class.getResourceAsStream("openapi.json")) {
      if (in == null) {
        throw new IllegalStateException("openapi.json is missing from the artefact");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

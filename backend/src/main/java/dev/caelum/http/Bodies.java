package dev.caelum.http;

import io.helidon.common.media.type.MediaType;
import io.helidon.webserver.http.ServerRequest;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads bodies and parameters of requests; whatever is out of bounds is refused. */
final class Bodies {
  private Bodies() {}

  /** The JSON object in the body, which has the usual size. */
  static JsonObject json(ServerRequest request) throws IOException {
    return json(request, ListenerLimits.BODY);
  }

  /** The JSON object in the body, of at most {@code limit} bytes. */
  static JsonObject json(ServerRequest request, int limit) throws IOException {
    Optional<? extends MediaType> type = request.headers().contentType().map(t -> t.mediaType());
    // A web page can send other types across origins without asking first.
    if (type.isPresent() && !type.get().text().equals("application/json")) {
      throw Problem.of(415, "not_json", "The body must be application/json.").refused();
    }
    return Json.object(bytes(request, limit));
  }

  /** The body, of at most {@code limit} bytes. */
  static byte[] bytes(ServerRequest request, int limit) throws IOException {
    try (InputStream in = request.content().inputStream()) {
      byte[] body = in.readNBytes(limit + 1);
      if (body.length > limit) {
        // Read to its end: a sender whose connection breaks while it sends does not see the answer.
        in.transferTo(OutputStream.nullOutputStream());
        throw tooLarge(limit).refused();
      }
      return body;
    }
  }

  static Problem tooLarge(int limit) {
    return Problem.of(413, "too_large", "A request body has at most " + limit + " bytes here.");
  }

  /** The text under {@code key}, 1 to {@code max} characters. */
  static String text(JsonObject body, String key, int max) {
    if (body.get(key) instanceof JsonString value
        && !value.getString().isBlank()
        && value.getString().length() <= max) {
      return value.getString().strip();
    }
    throw Json.bad(key + " must be a text of 1 to " + max + " characters.").refused();
  }

  /** The port under {@code key}, or {@code otherwise} when the key is absent or null. */
  static int port(JsonObject body, String key, int otherwise) {
    JsonValue value = body.get(key);
    if (value == null || value.equals(JsonValue.NULL)) {
      return otherwise;
    }
    if (value instanceof JsonNumber number
        && number.isIntegral()
        && number.bigIntegerValue().bitLength() <= 17) {
      int port = number.intValue();
      if (port >= 1 && port <= 65_535) {
        return port;
      }
    }
    throw Json.bad(key + " is not possible; use 1-65535.").refused();
  }

  /** A whole number in a query parameter, or {@code otherwise} when it is not there. */
  static int number(ServerRequest request, String name, int otherwise, int min, int max) {
    String text = parameter(request, name);
    if (text == null) {
      return otherwise;
    }
    if (text.matches("[0-9]{1,9}")) {
      int value = Integer.parseInt(text);
      if (value >= min && value <= max) {
        return value;
      }
    }
    throw badParameter(name, "a number from " + min + " to " + max).refused();
  }

  /** {@code true} or {@code false} in a query parameter. */
  static boolean flag(ServerRequest request, String name, boolean otherwise) {
    String text = parameter(request, name);
    if (text == null) {
      return otherwise;
    }
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw badParameter(name, "true or false").refused();
    };
  }

  static Problem badParameter(String name, String rule) {
    return Problem.of(400, "bad_parameter", "The parameter " + name + " must be " + rule + ".");
  }

  static @Nullable String parameter(ServerRequest request, String name) {
    return request.query().first(name).orElse(null);
  }
}

package dev.caelum.http;

import static dev.caelum.fuzz.Invariant.bounded;
import static dev.caelum.fuzz.Invariant.require;
import static dev.caelum.fuzz.Invariant.same;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.caelum.task.TaskSpec;
import jakarta.json.JsonObject;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Any bytes as the body of a request, with all that routes ask of one. */
public final class BodyFuzz {
  private BodyFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    JsonObject body = accepted(() -> Json.object(bytes));
    if (body == null) {
      return;
    }
    String text = body.toString();
    // Half a surrogate pair, which only an escape can bring, has no form in UTF-8.
    if (UTF_8.newEncoder().canEncode(text)) {
      same(body, Json.object(text.getBytes(UTF_8)));
    }
    String host = accepted(() -> Bodies.text(body, "host", 255));
    require(host == null || (!host.isEmpty() && host.length() <= 255), "host: " + host);
    Integer port = accepted(() -> Bodies.port(body, "port", 8_080));
    require(port == null || (port >= 1 && port <= 65_535), "port: " + port);
    accepted(() -> MachineBody.of(body));
    TaskSpec task = accepted(() -> TaskBody.spec(body));
    if (task != null) {
      // Names are texts of any kind here; who shows them escapes them. The payload goes out as it
      // is.
      require(task.payload().chars().allMatch(c -> c >= ' '), "not JSON: " + task.payload());
    }
    accepted(() -> TaskBody.flag(body, "each"));
    accepted(() -> TaskBody.optionalText(body, "key"));
  }

  private static <T> @Nullable T accepted(Supplier<T> read) {
    try {
      return read.get();
    } catch (Problem.Refused refused) {
      int status = refused.problem().status();
      require(status == 400 || status == 413, "refused with " + refused.problem());
      bounded(refused.problem().detail());
      return null;
    }
  }
}

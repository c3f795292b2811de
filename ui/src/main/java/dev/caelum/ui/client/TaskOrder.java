package dev.caelum.ui.client;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants done, as the node takes it.
 *
 * @param machines the only ones it may run on; empty for any
 * @param not machines that it must not run on
 * @param prefer machines that it had better run on
 * @param cores 0 for none, as are the other resources
 * @param priority 1 to 10, higher first
 * @param payload JSON text
 * @param deadlineSeconds 0 for none
 * @param queue whether it waits when no machine could run it now
 * @param each whether it runs once on every machine that can
 */
public record TaskOrder(
    String type,
    @Nullable String service,
    List<String> machines,
    List<String> not,
    List<String> prefer,
    Map<String, String> labels,
    double cores,
    double memoryGib,
    int gpus,
    int priority,
    String payload,
    double timeoutSeconds,
    double deadlineSeconds,
    int attempts,
    boolean queue,
    boolean each) {

  private static final JsonProvider JSON = JsonProvider.provider();

  /** The order behind an existing task. */
  static TaskOrder read(Fields f, @Nullable String payload) {
    Fields resources = f.at("resources");
    Double timeout = f.number("timeout_s");
    Double deadline = f.number("deadline_s");
    return new TaskOrder(
        f.text("type", ""),
        f.text("service"),
        f.texts("machines"),
        f.texts("not"),
        f.texts("prefer"),
        f.map("labels"),
        number(resources.number("cpu_cores")),
        number(resources.number("memory_gb")),
        (int) resources.count("gpu_count"),
        (int) f.count("priority"),
        payload == null ? "{}" : payload,
        number(timeout),
        number(deadline),
        (int) f.count("attempts"),
        f.flag("queue"),
        false);
  }

  private static double number(@Nullable Double value) {
    return value == null ? 0 : value;
  }

  /** Throws {@link jakarta.json.JsonException} when the payload is no JSON. */
  String json() {
    JsonObjectBuilder json = JSON.createObjectBuilder().add("type", type);
    if (service != null) {
      json.add("service", service);
    }
    names(json, "machines", machines);
    names(json, "not", not);
    names(json, "prefer", prefer);
    if (!labels.isEmpty()) {
      JsonObjectBuilder object = JSON.createObjectBuilder();
      labels.forEach(object::add);
      json.add("labels", object);
    }
    if (cores > 0 || memoryGib > 0 || gpus > 0) {
      json.add(
          "resources",
          JSON.createObjectBuilder()
              .add("cpu_cores", cores)
              .add("memory_gb", memoryGib)
              .add("gpu_count", gpus));
    }
    try (var reader = JSON.createReader(new StringReader(payload))) {
      json.add("payload", reader.readValue());
    }
    json.add("priority", priority).add("timeout_s", timeoutSeconds).add("attempts", attempts);
    if (deadlineSeconds > 0) {
      json.add("deadline_s", deadlineSeconds);
    }
    return json.add("queue", queue).add("each", each).build().toString();
  }

  private static void names(JsonObjectBuilder json, String key, List<String> names) {
    if (!names.isEmpty()) {
      JsonArrayBuilder array = JSON.createArrayBuilder();
      names.forEach(array::add);
      json.add(key, array);
    }
  }
}

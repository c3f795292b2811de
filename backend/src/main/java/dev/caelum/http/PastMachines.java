package dev.caelum.http;

import dev.caelum.history.Metric;
import dev.caelum.history.Past;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Machine objects of a past moment: as they were kept, with the ages and the numbers of that
 * moment. A number that was not recorded then is null.
 */
final class PastMachines {
  private static final List<String> AGES = List.of("last_seen_seconds", "state_since_seconds");

  private PastMachines() {}

  static String json(Past.Cluster cluster) {
    JsonArrayBuilder machines = Json.createArrayBuilder();
    for (Past.Then then : cluster.machines()) {
      machines.add(machine(then, (cluster.millis() - then.since()) / 1e3));
    }
    return Json.createObjectBuilder()
        .add("time", Instant.ofEpochMilli(cluster.millis()).toString())
        .add("machines", machines)
        .build()
        .toString();
  }

  private static JsonObject machine(Past.Then then, double older) {
    JsonObject kept;
    try (JsonReader reader = Json.createReader(new StringReader(then.body()))) {
      kept = reader.readObject();
    }
    JsonObjectBuilder machine = Json.createObjectBuilder(kept);
    AGES.forEach(age -> machine.add(age, aged(kept.get(age), older)));
    if (kept.getBoolean("self", false)) {
      machine.add("last_seen_seconds", 0);
    }
    if (kept.get("resources") instanceof JsonObject resources) {
      machine.add(
          "resources",
          Json.createObjectBuilder(resources)
              .add("cpu_usage_percent", value(then.values(), Metric.CPU))
              .add("memory_usage_percent", value(then.values(), Metric.MEMORY))
              .add("disk_usage_percent", value(then.values(), Metric.DISK))
              .add("memory_available_gb", JsonValue.NULL)
              .add("disk_available_gb", JsonValue.NULL));
    }
    if (kept.get("link") instanceof JsonObject link) {
      machine.add(
          "link",
          Json.createObjectBuilder(link)
              .add("rtt_ms", value(then.values(), Metric.RTT))
              .add("since_seconds", aged(link.get("since_seconds"), older)));
    }
    return machine.build();
  }

  private static JsonValue aged(@Nullable JsonValue age, double older) {
    return age instanceof JsonNumber number
        ? Json.createValue(Math.round((number.doubleValue() + older) * 1e3) / 1e3)
        : JsonValue.NULL;
  }

  private static JsonValue value(Map<Metric, Double> values, Metric metric) {
    Double value = values.get(metric);
    return value == null ? JsonValue.NULL : Json.createValue(value);
  }
}

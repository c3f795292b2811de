package dev.caelum.http;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** A machine object that a script sends, checked as strictly as old nodes check it. */
record MachineBody(String machineId, String primaryIp) {
  /** The port that every old node names. */
  static final int DEFAULT_PORT = 8_080;

  private static final int NAME = 64;
  private static final Predicate<JsonValue> TEXT = JsonString.class::isInstance;
  private static final Predicate<JsonValue> OBJECT = JsonObject.class::isInstance;
  private static final Predicate<JsonValue> LIST = JsonArray.class::isInstance;
  private static final Predicate<JsonValue> NUMBER = JsonNumber.class::isInstance;
  private static final Predicate<JsonValue> NUMBER_OR_NULL = NUMBER.or(JsonValue.NULL::equals);

  private static final Map<String, Predicate<JsonValue>> KEYS =
      Map.ofEntries(
          Map.entry("machine_id", TEXT),
          Map.entry("hostname", TEXT),
          Map.entry("primary_ip", TEXT),
          Map.entry("network_info", OBJECT),
          Map.entry("resources", OBJECT),
          Map.entry("status", oneOf("online", "offline", "busy", "maintenance")),
          Map.entry("running_services", LIST),
          Map.entry("available_ports", LIST),
          Map.entry("last_heartbeat", TEXT),
          Map.entry("caelum_version", TEXT),
          Map.entry("platform_info", OBJECT.or(JsonValue.NULL::equals)),
          Map.entry("cluster_id", TEXT),
          Map.entry("cluster_name", TEXT),
          Map.entry("machine_role", oneOf("node", "coordinator", "hybrid")));

  private static final Map<String, Predicate<JsonValue>> NETWORK_KEYS =
      Map.of(
          "hostname", TEXT,
          "ip_addresses", LIST,
          "mac_addresses", LIST,
          "network_interfaces", LIST);

  private static final Map<String, Predicate<JsonValue>> RESOURCE_KEYS =
      Map.of(
          "cpu_cores", NUMBER_OR_NULL,
          "cpu_usage_percent", NUMBER_OR_NULL,
          "memory_total_gb", NUMBER_OR_NULL,
          "memory_available_gb", NUMBER_OR_NULL,
          "memory_usage_percent", NUMBER_OR_NULL,
          "disk_total_gb", NUMBER_OR_NULL,
          "disk_available_gb", NUMBER_OR_NULL,
          "disk_usage_percent", NUMBER_OR_NULL,
          "gpu_info", LIST.or(JsonValue.NULL::equals));

  /** Reads {@code body}; a key too many, too few or of another type is refused by its name. */
  static MachineBody of(JsonObject body) {
    check("", body, KEYS);
    check("network_info.", body.getJsonObject("network_info"), NETWORK_KEYS);
    check("resources.", body.getJsonObject("resources"), RESOURCE_KEYS);
    return new MachineBody(
        Bodies.text(body, "machine_id", NAME), Bodies.text(body, "primary_ip", NAME));
  }

  private static void check(
      String where, JsonObject object, Map<String, Predicate<JsonValue>> keys) {
    for (var key : keys.entrySet()) {
      JsonValue value = object.get(key.getKey());
      if (value == null || !key.getValue().test(value)) {
        throw Json.bad(where + key.getKey() + " is missing or of the wrong type.").refused();
      }
    }
    if (object.size() > keys.size()) {
      throw Json.bad("A machine object has no other keys than the documented ones.").refused();
    }
  }

  private static Predicate<JsonValue> oneOf(String... words) {
    Set<String> allowed = Set.of(words);
    return value -> value instanceof JsonString text && allowed.contains(text.getString());
  }
}

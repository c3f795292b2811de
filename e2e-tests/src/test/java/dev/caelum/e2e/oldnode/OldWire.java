package dev.caelum.e2e.oldnode;

import static dev.caelum.e2e.oldnode.Shape.INSTANT;
import static dev.caelum.e2e.oldnode.Shape.INTEGER;
import static dev.caelum.e2e.oldnode.Shape.INTEGERS;
import static dev.caelum.e2e.oldnode.Shape.NUMBER;
import static dev.caelum.e2e.oldnode.Shape.OBJECT;
import static dev.caelum.e2e.oldnode.Shape.OBJECTS;
import static dev.caelum.e2e.oldnode.Shape.TEXT;
import static dev.caelum.e2e.oldnode.Shape.TEXTS;
import static dev.caelum.e2e.oldnode.Shape.oneOf;
import static dev.caelum.e2e.oldnode.Shape.orNull;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The objects of the old protocol: what an old node takes and how it writes its own. */
final class OldWire {
  static final Set<String> MESSAGE_TYPES =
      Set.of(
          "machine_register",
          "machine_heartbeat",
          "machine_discover",
          "machine_update",
          "task_distribute",
          "task_assign",
          "task_progress",
          "task_complete",
          "task_failed",
          "resource_request",
          "resource_available",
          "resource_reserved",
          "resource_released",
          "service_announce",
          "service_query",
          "service_response",
          "status_broadcast",
          "ping",
          "pong",
          "error");

  static final Shape BEACON =
      new Shape("beacon")
          .key("message_type", oneOf(Set.of("CAELUM_BEACON")))
          .key("machine_id", TEXT)
          .key("hostname", TEXT)
          .key("primary_ip", TEXT)
          .key("cluster_id", TEXT)
          .key("cluster_name", TEXT)
          .optional("websocket_port", INTEGER)
          .optional("services", OBJECTS)
          .optional("timestamp", INSTANT);

  static final Shape ENVELOPE =
      new Shape("envelope")
          .key("message_id", OldWire::isUuid)
          .key("message_type", oneOf(MESSAGE_TYPES))
          .key("source_machine", TEXT)
          .key("target_machines", orNull(TEXTS))
          .key("timestamp", INSTANT)
          .key("payload", OBJECT)
          .key("correlation_id", orNull(TEXT));

  private static final Shape NETWORK =
      new Shape("network_info")
          .key("hostname", TEXT)
          .key("ip_addresses", TEXTS)
          .key("mac_addresses", TEXTS)
          .key("network_interfaces", OBJECTS);

  private static final Shape RESOURCES =
      new Shape("resources")
          .key("cpu_cores", INTEGER)
          .key("cpu_usage_percent", NUMBER)
          .key("memory_total_gb", NUMBER)
          .key("memory_available_gb", NUMBER)
          .key("memory_usage_percent", NUMBER)
          .key("disk_total_gb", NUMBER)
          .key("disk_available_gb", NUMBER)
          .key("disk_usage_percent", NUMBER)
          .key("gpu_info", orNull(OBJECTS));

  static final Shape MACHINE_INFO =
      new Shape("machine_info")
          .key("machine_id", TEXT)
          .key("hostname", TEXT)
          .key("primary_ip", TEXT)
          .key("network_info", NETWORK.asType())
          .key("resources", RESOURCES.asType())
          .key("status", oneOf(Set.of("online", "offline", "busy", "maintenance")))
          .key("running_services", OBJECTS)
          .key("available_ports", INTEGERS)
          .key("last_heartbeat", INSTANT)
          .key("caelum_version", TEXT)
          .key("platform_info", orNull(OBJECT))
          .key("cluster_id", TEXT)
          .key("cluster_name", TEXT)
          .key("machine_role", oneOf(Set.of("node", "coordinator", "hybrid")));

  static final Set<String> TASK_TYPES =
      Set.of("code_analysis", "integration_testing", "ai_inference", "data_processing");

  static final Shape TASK =
      new Shape("task")
          .key("task_id", TEXT)
          .key("task_type", oneOf(TASK_TYPES))
          .key("service_name", TEXT)
          .key("source_machine", TEXT)
          .key("assigned_machines", TEXTS)
          .key("payload", OBJECT)
          .key("priority", INTEGER)
          .key("estimated_duration", INTEGER)
          .key("created_at", INSTANT);

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxxx");

  private static volatile long clockOffsetSeconds;

  private OldWire() {}

  /** Sets by how much this old node's clock is wrong. */
  static void clockIsOff(long seconds) {
    clockOffsetSeconds = seconds;
  }

  private static boolean isUuid(JsonValue value) {
    if (!TEXT.test(value)) {
      return false;
    }
    try {
      return UUID.fromString(((jakarta.json.JsonString) value).getString()).toString().length()
          == 36;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /** The object that {@code text} holds, empty when it is no JSON object. */
  static Optional<JsonObject> parse(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readValue() instanceof JsonObject object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JsonException _) {
      return Optional.empty();
    }
  }

  /** The present moment by the old node's clock, as it writes it: UTC with microseconds. */
  static String now() {
    return MICROS.format(
        OffsetDateTime.now(ZoneOffset.UTC)
            .plusSeconds(clockOffsetSeconds)
            .truncatedTo(ChronoUnit.MICROS));
  }
}

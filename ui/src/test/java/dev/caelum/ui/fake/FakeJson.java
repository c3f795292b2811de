package dev.caelum.ui.fake;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/** Objects of the API as a node would send them. */
public final class FakeJson {
  private FakeJson() {}

  /** The node's own row. */
  public static JsonObject self() {
    return machine("alpha", "192.168.1.10", "alive", true).add("self", true).build();
  }

  /** A row with measured values; {@code connected} rows have a link. */
  public static JsonObjectBuilder machine(
      String hostname, String ip, String state, boolean connected) {
    JsonObjectBuilder machine =
        Json.createObjectBuilder()
            .add("machine_id", "caelum-" + Integer.toHexString(hostname.hashCode()))
            .add("key", "caelum-" + hostname + "@" + ip + ":8080")
            .add("hostname", hostname)
            .add("primary_ip", ip)
            .add("address", ip + ":8080")
            .add("machine_role", "hybrid")
            .add("caelum_version", "0.2.0")
            .add("cluster_name", "caelum-lan")
            .add("state", state)
            .add("connected", connected)
            .add("self", false)
            .add("legacy", false)
            .add("foreign", false)
            .add("duplicate_id", false)
            .add("last_seen_seconds", state.equals("alive") ? 0.8 : 95)
            .add("state_since_seconds", 130);
    if (connected) {
      machine
          .add(
              "resources",
              Json.createObjectBuilder()
                  .add("cpu_cores", 8)
                  .add("cpu_usage_percent", 5 + Math.floorMod(hostname.hashCode(), 80))
                  .add("memory_total_gb", 16.0)
                  .add("memory_usage_percent", 20 + Math.floorMod(hostname.hashCode(), 60)))
          .add("running_services", Json.createArrayBuilder().add("a").add("b"))
          .add(
              "link",
              Json.createObjectBuilder()
                  .add("direction", "outbound")
                  .add("rtt_ms", 0.4 + Math.floorMod(hostname.hashCode(), 30))
                  .add("since_seconds", 4000));
    }
    return machine;
  }

  /** Adds the reason why a machine is not connected. */
  public static JsonObjectBuilder failed(
      JsonObjectBuilder machine, String code, String text, String hint) {
    return machine.add(
        "failure",
        Json.createObjectBuilder()
            .add("code", code)
            .add("text", text)
            .add("hint", hint)
            .add("evidence", "Connection refused")
            .add("attempt", 2)
            .add("age_seconds", 3)
            .add("next_attempt_seconds", 8));
  }

  /** The node's own state. */
  public static JsonObjectBuilder node() {
    return Json.createObjectBuilder()
        .add("machine_id", "caelum-alpha")
        .add("key", "caelum-alpha@192.168.1.10:8080")
        .add("instance", "f00d")
        .add("hostname", "alpha")
        .add("cluster_name", "caelum-lan")
        .add("version", "0.2.0")
        .add("uptime_seconds", 4100)
        .add("health", "ok")
        .add(
            "listeners",
            Json.createArrayBuilder()
                .add(listener("cluster", "0.0.0.0:8080"))
                .add(listener("beacon", "0.0.0.0:8181")))
        .add(
            "interfaces",
            Json.createArrayBuilder()
                .add(network("eth0", "192.168.1.10/24", "up"))
                .add(network("docker0", "172.17.0.1/16", "skipped").add("reason", "virtual"))
                .add(
                    network("wlan0", "10.0.0.7/24", "failed")
                        .add("reason", "Network is unreachable")))
        .add("notes", Json.createArrayBuilder());
  }

  /** A listening socket that is up. */
  public static JsonObjectBuilder listener(String name, String address) {
    return Json.createObjectBuilder().add("name", name).add("address", address).add("up", true);
  }

  private static JsonObjectBuilder network(String name, String address, String state) {
    return Json.createObjectBuilder()
        .add("name", name)
        .add("address", address)
        .add("state", state)
        .add("sent", 42)
        .add("received", 117)
        .add("echo_ms", 0.3)
        .add("multicast_echo", true)
        .add("broadcast_echo", true);
  }

  /** A discovery in {@code state} at {@code percent}. */
  public static JsonObjectBuilder discovery(String state, int percent, String phaseLine) {
    return Json.createObjectBuilder()
        .add("run", 1)
        .add("state", state)
        .add("started_at", "2026-11-22T09:30:00Z")
        .add("elapsed_ms", 6200)
        .add("phase", "listening")
        .add("percent", percent)
        .add("phase_line", phaseLine)
        .add("interfaces_used", 1)
        .add("interfaces_total", 3)
        .add("sent", 9)
        .add("received", 14)
        .add("own", 6)
        .add("unreadable", 1)
        .add("answered", 4)
        .add("new", 1)
        .add("connected", 2)
        .add("attempts_planned", 4)
        .add("attempts_done", 3);
  }

  /** One contact of a discovery. */
  public static JsonObjectBuilder attempt(
      String endpoint, boolean pending, boolean connected, String text) {
    return Json.createObjectBuilder()
        .add("endpoint", endpoint)
        .add("method", "UDP_BEACON")
        .add("pending", pending)
        .add("connected", connected)
        .add("text", text);
  }

  /** One line of the log. */
  public static JsonObjectBuilder line(String level, String category, String text) {
    return Json.createObjectBuilder()
        .add("time", "2026-11-22T09:30:00Z")
        .add("level", level)
        .add("category", category)
        .add("text", text);
  }

  /** A snapshot of {@code machines} with no discovery and no log. */
  public static String snapshot(List<JsonObject> machines) {
    return snapshot(machines, Json.createObjectBuilder().add("state", "idle"), List.of());
  }

  /** A whole snapshot. */
  public static String snapshot(
      List<JsonObject> machines, JsonObjectBuilder discovery, List<JsonObject> log) {
    JsonArrayBuilder rows = Json.createArrayBuilder();
    machines.forEach(rows::add);
    JsonArrayBuilder lines = Json.createArrayBuilder();
    log.forEach(lines::add);
    return Json.createObjectBuilder()
        .add("node", node())
        .add("machines", rows)
        .add("discovery", discovery)
        .add("log", lines)
        .build()
        .toString();
  }

  /** The data of a {@code machine} event. */
  public static String changed(JsonObject machine) {
    return Json.createObjectBuilder().add("machine", machine).build().toString();
  }
}

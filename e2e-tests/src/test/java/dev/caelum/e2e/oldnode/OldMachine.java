package dev.caelum.e2e.oldnode;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.UUID;

/**
 * What an old node says about itself.
 *
 * @param advertised the port that its beacon names: 8080, whatever it really uses
 * @param services names of its running services
 */
public record OldMachine(
    String hostname,
    String address,
    String primaryIp,
    String clusterId,
    int advertised,
    List<String> services) {
  /** The id that every old node on Linux has: it is made of the loopback's hardware address. */
  public static final String ID = "caelum-00000000";

  public static OldMachine of(
      String hostname, String address, int advertised, List<String> services) {
    return new OldMachine(
        hostname, address, address, UUID.randomUUID().toString(), advertised, services);
  }

  private String clusterName() {
    return "caelum-" + hostname + "-" + address.substring(address.lastIndexOf('.') + 1);
  }

  private JsonArrayBuilder serviceEntries() {
    JsonArrayBuilder entries = Json.createArrayBuilder();
    for (String service : services) {
      entries.add(
          Json.createObjectBuilder()
              .add("name", service)
              .add("type", "mcp_server")
              .add("port", 8117)
              .add("status", "running"));
    }
    return entries;
  }

  public JsonObject beacon() {
    return Json.createObjectBuilder()
        .add("message_type", "CAELUM_BEACON")
        .add("machine_id", ID)
        .add("hostname", hostname)
        .add("primary_ip", primaryIp)
        .add("cluster_id", clusterId)
        .add("cluster_name", clusterName())
        .add("websocket_port", advertised)
        .add("services", serviceEntries())
        .add("timestamp", OldWire.now())
        .build();
  }

  /** The second dialect: it announces a cluster and no machine. */
  public JsonObject clusterBeacon() {
    return Json.createObjectBuilder()
        .add("type", "beacon")
        .add("clusterId", clusterId)
        .add("clusterName", clusterName())
        .add("wsPort", advertised)
        .add("capabilities", Json.createArrayBuilder().add("code_analysis"))
        .add("role", "hybrid")
        .build();
  }

  public JsonObject info() {
    JsonObjectBuilder network =
        Json.createObjectBuilder()
            .add("hostname", hostname)
            .add("ip_addresses", Json.createArrayBuilder(List.of("127.0.0.1", address)))
            .add("mac_addresses", Json.createArrayBuilder(List.of("00:00:00:00:00:00")))
            .add(
                "network_interfaces",
                Json.createArrayBuilder()
                    .add(
                        Json.createObjectBuilder()
                            .add("name", "eth0")
                            .add(
                                "addresses",
                                Json.createArrayBuilder()
                                    .add(
                                        Json.createObjectBuilder()
                                            .add("type", "ipv4")
                                            .add("address", address)
                                            .add("netmask", "255.255.255.0")))));
    JsonObjectBuilder resources =
        Json.createObjectBuilder()
            .add("cpu_cores", 2)
            .add("cpu_usage_percent", 33.9)
            .add("memory_total_gb", 23.54)
            .add("memory_available_gb", 22.38)
            .add("memory_usage_percent", 4.9)
            .add("disk_total_gb", 251.97)
            .add("disk_available_gb", 75.32)
            .add("disk_usage_percent", 25.8)
            .addNull("gpu_info");
    return Json.createObjectBuilder()
        .add("machine_id", ID)
        .add("hostname", hostname)
        .add("primary_ip", primaryIp)
        .add("network_info", network)
        .add("resources", resources)
        .add("status", "online")
        .add("running_services", serviceEntries())
        .add("available_ports", Json.createArrayBuilder(List.of(8100, 8101)))
        .add("last_heartbeat", OldWire.now())
        .add("caelum_version", "0.1.0")
        .add(
            "platform_info",
            Json.createObjectBuilder()
                .add("system", "Linux")
                .add("release", "6.18.44")
                .add("version", "#1 SMP PREEMPT_DYNAMIC")
                .add("machine", "x86_64")
                .add("processor", ""))
        .add("cluster_id", clusterId)
        .add("cluster_name", clusterName())
        .add("machine_role", "coordinator")
        .build();
  }

  /** One message from this machine, as text of a frame. */
  public JsonObject envelope(String type, JsonObject payload, String target, String correlation) {
    JsonObjectBuilder envelope =
        Json.createObjectBuilder()
            .add("message_id", UUID.randomUUID().toString())
            .add("message_type", type)
            .add("source_machine", ID)
            .add("timestamp", OldWire.now())
            .add("payload", payload);
    if (target.isEmpty()) {
      envelope.addNull("target_machines");
    } else {
      envelope.add("target_machines", Json.createArrayBuilder().add(target));
    }
    if (correlation.isEmpty()) {
      envelope.addNull("correlation_id");
    } else {
      envelope.add("correlation_id", correlation);
    }
    return envelope.build();
  }
}

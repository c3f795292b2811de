package dev.caelum.wire;

import dev.caelum.cluster.MachineInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code machine_info} to its record and back. Written with exactly the keys that old nodes demand;
 * read leniently, within bounds, since nothing depends on it but what people are shown.
 */
public final class MachineInfoCodec {
  private static final int TEXT = 64;
  private static final int LONG_TEXT = 256;
  private static final int INTERFACES = 64;
  private static final int ADDRESSES = 32;
  private static final int SERVICES = 256;
  private static final int PORTS = 256;
  private static final int GPUS = 16;

  private MachineInfoCodec() {}

  /** Reads a machine_info; only {@code machine_id} and {@code hostname} are required. */
  public static Decoded<MachineInfo> decode(Map<String, @Nullable Object> object) {
    Fields fields = new Fields(object);
    String hostname = fields.text("hostname", TEXT);
    MachineInfo info =
        new MachineInfo(
            fields.text("machine_id", TEXT),
            hostname,
            fields.text("primary_ip", "", TEXT),
            network(fields.objectOrNull("network_info"), hostname),
            resources(fields.objectOrNull("resources")),
            status(object.get("status")),
            fields.objects("running_services", SERVICES).stream()
                .map(MachineInfoCodec::service)
                .toList(),
            ports(fields.list("available_ports")),
            fields.text("last_heartbeat", "", TEXT),
            fields.text("caelum_version", "", TEXT),
            platform(fields.objectOrNull("platform_info")),
            fields.text("cluster_id", "", TEXT),
            fields.text("cluster_name", "", TEXT),
            role(object.get("machine_role")));
    if (fields.problem() != null) {
      return Decoded.rejected(Refusal.SCHEMA, "machine_info: " + fields.problem());
    }
    if (info.machineId().isBlank()) {
      return Decoded.rejected(Refusal.SCHEMA, "machine_info: machine_id is empty");
    }
    return new Decoded.Value<>(info);
  }

  private static MachineInfo.NetworkInfo network(
      @Nullable Map<String, @Nullable Object> object, String hostname) {
    if (object == null) {
      return new MachineInfo.NetworkInfo(hostname, List.of(), List.of(), List.of());
    }
    Fields fields = new Fields(object);
    List<MachineInfo.NetworkInterface> interfaces = new ArrayList<>();
    for (Map<String, @Nullable Object> entry : fields.objects("network_interfaces", INTERFACES)) {
      Fields one = new Fields(entry);
      List<MachineInfo.InterfaceAddress> addresses = new ArrayList<>();
      for (Map<String, @Nullable Object> address : one.objects("addresses", ADDRESSES)) {
        Fields parts = new Fields(address);
        addresses.add(
            new MachineInfo.InterfaceAddress(
                parts.text("type", "", TEXT),
                parts.text("address", "", TEXT),
                parts.textOrNull("netmask", TEXT)));
      }
      interfaces.add(new MachineInfo.NetworkInterface(one.text("name", "", TEXT), addresses));
    }
    return new MachineInfo.NetworkInfo(
        fields.text("hostname", hostname, TEXT),
        fields.texts("ip_addresses", INTERFACES, TEXT),
        fields.texts("mac_addresses", INTERFACES, TEXT),
        interfaces);
  }

  private static MachineInfo.Resources resources(@Nullable Map<String, @Nullable Object> object) {
    Fields fields = new Fields(object == null ? Map.of() : object);
    Double cores = fields.numberOrNull("cpu_cores");
    List<MachineInfo.Gpu> gpus = new ArrayList<>();
    if (fields.has("gpu_info")) {
      for (Map<String, @Nullable Object> entry : fields.objects("gpu_info", GPUS)) {
        gpus.add(gpu(new Fields(entry)));
      }
    }
    return new MachineInfo.Resources(
        cores == null ? null : cores.intValue(),
        fields.numberOrNull("cpu_usage_percent"),
        fields.numberOrNull("memory_total_gb"),
        fields.numberOrNull("memory_available_gb"),
        fields.numberOrNull("memory_usage_percent"),
        fields.numberOrNull("disk_total_gb"),
        fields.numberOrNull("disk_available_gb"),
        fields.numberOrNull("disk_usage_percent"),
        gpus.isEmpty() ? null : List.copyOf(gpus));
  }

  private static MachineInfo.Gpu gpu(Fields fields) {
    Double id = fields.numberOrNull("id");
    return new MachineInfo.Gpu(
        id == null ? 0 : id.intValue(),
        fields.text("name", "", TEXT),
        fields.numberOrNull("memory_total"),
        fields.numberOrNull("memory_used"),
        fields.numberOrNull("memory_free"),
        fields.numberOrNull("load"),
        fields.numberOrNull("temperature"));
  }

  private static MachineInfo.ServiceInfo service(Map<String, @Nullable Object> entry) {
    Fields fields = new Fields(entry);
    Double port = fields.numberOrNull("port");
    // Old nodes list services by beacon words or by port-table words; both are read.
    return new MachineInfo.ServiceInfo(
        port == null ? 0 : Math.clamp(port.longValue(), 0, 65_535),
        fields.text("service_name", fields.text("name", "", TEXT), TEXT),
        fields.text("service_type", fields.text("type", "", TEXT), TEXT),
        fields.text("purpose", "", LONG_TEXT),
        fields.text("status", "", TEXT));
  }

  private static List<Integer> ports(List<?> list) {
    List<Integer> out = new ArrayList<>();
    for (Object item : list) {
      if (item instanceof Long port && port > 0 && port < 65_536 && out.size() < PORTS) {
        out.add(port.intValue());
      }
    }
    return out;
  }

  /** Keeps the plain values of the free-form platform, cut to a size that a row can hold. */
  private static @Nullable Map<String, Object> platform(
      @Nullable Map<String, @Nullable Object> object) {
    if (object == null) {
      return null;
    }
    Map<String, Object> out = new LinkedHashMap<>();
    object.forEach((key, value) -> {
      if (out.size() < 16 && (value instanceof String || value instanceof Number)) {
        out.put(
            Fields.cut(key, TEXT),
            value instanceof String text ? Fields.cut(text, LONG_TEXT) : value);
      }
    });
    return out;
  }

  static MachineInfo.Status status(@Nullable Object code) {
    return switch (code instanceof String text ? text : "online") {
      case "offline" -> MachineInfo.Status.OFFLINE;
      case "busy" -> MachineInfo.Status.BUSY;
      case "maintenance" -> MachineInfo.Status.MAINTENANCE;
      default -> MachineInfo.Status.ONLINE;
    };
  }

  private static MachineInfo.Role role(@Nullable Object code) {
    return switch (code instanceof String text ? text : "node") {
      case "coordinator" -> MachineInfo.Role.COORDINATOR;
      case "hybrid" -> MachineInfo.Role.HYBRID;
      default -> MachineInfo.Role.NODE;
    };
  }

  /** The object with exactly the wire's keys; unknown numbers are null. */
  public static Map<String, @Nullable Object> encode(MachineInfo info) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("machine_id", info.machineId());
    out.put("hostname", info.hostname());
    out.put("primary_ip", info.primaryIp());
    out.put("network_info", network(info.networkInfo()));
    out.put("resources", resources(info.resources()));
    out.put("status", info.status().name().toLowerCase(Locale.ROOT));
    out.put(
        "running_services",
        info.runningServices().stream().map(MachineInfoCodec::service).toList());
    out.put("available_ports", info.availablePorts());
    out.put("last_heartbeat", info.lastHeartbeat());
    out.put("caelum_version", info.caelumVersion());
    out.put("platform_info", info.platform());
    out.put("cluster_id", info.clusterId());
    out.put("cluster_name", info.clusterName());
    out.put("machine_role", info.role().name().toLowerCase(Locale.ROOT));
    return out;
  }

  private static Map<String, @Nullable Object> network(MachineInfo.NetworkInfo network) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("hostname", network.hostname());
    out.put("ip_addresses", network.ipAddresses());
    out.put("mac_addresses", network.macAddresses());
    List<Map<String, @Nullable Object>> interfaces = new ArrayList<>();
    for (MachineInfo.NetworkInterface one : network.networkInterfaces()) {
      List<Map<String, @Nullable Object>> addresses = new ArrayList<>();
      for (MachineInfo.InterfaceAddress address : one.addresses()) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("type", address.type());
        entry.put("address", address.address());
        if (address.netmask() != null) {
          entry.put("netmask", address.netmask());
        }
        addresses.add(entry);
      }
      Map<String, @Nullable Object> entry = new LinkedHashMap<>();
      entry.put("name", one.name());
      entry.put("addresses", addresses);
      interfaces.add(entry);
    }
    out.put("network_interfaces", interfaces);
    return out;
  }

  private static Map<String, @Nullable Object> resources(MachineInfo.Resources resources) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("cpu_cores", resources.cpuCores());
    out.put("cpu_usage_percent", resources.cpuUsagePercent());
    out.put("memory_total_gb", resources.memoryTotalGb());
    out.put("memory_available_gb", resources.memoryAvailableGb());
    out.put("memory_usage_percent", resources.memoryUsagePercent());
    out.put("disk_total_gb", resources.diskTotalGb());
    out.put("disk_available_gb", resources.diskAvailableGb());
    out.put("disk_usage_percent", resources.diskUsagePercent());
    List<MachineInfo.Gpu> gpus = resources.gpus();
    out.put("gpu_info", gpus == null ? null : gpus.stream().map(MachineInfoCodec::gpu).toList());
    return out;
  }

  private static Map<String, @Nullable Object> gpu(MachineInfo.Gpu gpu) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("id", gpu.id());
    out.put("name", gpu.name());
    out.put("memory_total", gpu.memoryTotal());
    out.put("memory_used", gpu.memoryUsed());
    out.put("memory_free", gpu.memoryFree());
    out.put("load", gpu.load());
    out.put("temperature", gpu.temperature());
    return out;
  }

  private static Map<String, @Nullable Object> service(MachineInfo.ServiceInfo service) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("port", service.port());
    out.put("service_name", service.serviceName());
    out.put("service_type", service.serviceType());
    out.put("purpose", service.purpose());
    out.put("status", service.status());
    return out;
  }
}

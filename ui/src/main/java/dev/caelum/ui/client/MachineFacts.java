package dev.caelum.ui.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to know of one machine beyond its row. Empty is what it did not tell.
 *
 * @param instance its present start; null for an old node
 * @param path the other end of the link
 * @param linkSeconds how long it is there; null without one
 * @param bytesSent over it, by this node; null when unknown
 * @param bytesReceived over it, by this node; null when unknown
 * @param memoryFreeGb in GiB
 * @param diskFreeGb in GiB
 */
public record MachineFacts(
    Machine machine,
    @Nullable String instance,
    List<String> addresses,
    List<String> macs,
    List<String> services,
    String system,
    String path,
    @Nullable Double linkSeconds,
    @Nullable Double bytesSent,
    @Nullable Double bytesReceived,
    long incarnation,
    @Nullable Double memoryFreeGb,
    @Nullable Double diskPercent,
    @Nullable Double diskFreeGb,
    @Nullable Double diskTotalGb,
    int gpus) {
  public MachineFacts {
    addresses = List.copyOf(addresses);
    macs = List.copyOf(macs);
    services = List.copyOf(services);
  }

  static MachineFacts read(Fields fields) {
    Fields network = fields.at("network_info");
    Fields resources = fields.at("resources");
    Fields link = fields.at("link");
    Fields platform = fields.at("platform_info");
    Integer gpus = resources.size("gpu_info");
    return new MachineFacts(
        Machine.read(fields),
        fields.text("instance"),
        network.texts("ip_addresses"),
        network.texts("mac_addresses"),
        fields.list("running_services", service -> service.text("name", "")),
        (platform.text("system", "") + " " + platform.text("release", "")).strip(),
        link.text("path", ""),
        link.number("since_seconds"),
        link.number("bytes_sent"),
        link.number("bytes_received"),
        fields.count("incarnation"),
        resources.number("memory_available_gb"),
        resources.number("disk_usage_percent"),
        resources.number("disk_available_gb"),
        resources.number("disk_total_gb"),
        gpus == null ? 0 : gpus);
  }
}

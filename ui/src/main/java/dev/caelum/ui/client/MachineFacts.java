package dev.caelum.ui.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to know of one machine beyond its row. Empty is what it did not tell.
 *
 * @param instance its present start; null for an old node
 * @param path the other end of the link
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
    Fields platform = fields.at("platform_info");
    Integer gpus = resources.size("gpu_info");
    return new MachineFacts(
        Machine.read(fields),
        fields.text("instance"),
        network.texts("ip_addresses"),
        network.texts("mac_addresses"),
        fields.list("running_services", service -> service.text("name", "")),
        (platform.text("system", "") + " " + platform.text("release", "")).strip(),
        fields.at("link").text("path", ""),
        fields.count("incarnation"),
        resources.number("memory_available_gb"),
        resources.number("disk_usage_percent"),
        resources.number("disk_available_gb"),
        resources.number("disk_total_gb"),
        gpus == null ? 0 : gpus);
  }
}

package dev.caelum.ui.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One row of the node's table. What was not measured is null, never 0; moments are {@link
 * Monotonic} milliseconds.
 *
 * @param key unique among rows, and the row's name for its life
 * @param hostname cleaned, not escaped
 * @param address {@code ip:port} where it is dialled now
 * @param simulated whether it only plays a machine, in a demo
 * @param services how many services run there
 * @param rttMillis the link's last measured round trip, else that of probes
 * @param lossPercent of the last probes over UDP
 * @param udpBlocked whether UDP does not get through while TCP does
 * @param summary the state and what stands behind it, in the node's words
 * @param since when the link was registered; null when not connected
 * @param label what the operator of the node calls it; empty when nothing
 * @param note what that operator wrote of it
 * @param tags of that operator
 * @param ignored whether that operator wants to hear nothing of it
 * @param searched all that people may look for it by, in lower case
 */
public record Machine(
    String key,
    String id,
    String hostname,
    String address,
    String role,
    String version,
    String clusterName,
    MachineState state,
    boolean connected,
    boolean self,
    boolean legacy,
    boolean foreign,
    boolean duplicateId,
    boolean simulated,
    @Nullable Double cpuPercent,
    @Nullable Integer cpuCores,
    @Nullable Double memoryPercent,
    @Nullable Double memoryTotalGb,
    @Nullable Integer services,
    @Nullable Double rttMillis,
    @Nullable Double lossPercent,
    boolean udpBlocked,
    String summary,
    @Nullable String direction,
    @Nullable Long since,
    @Nullable Long lastSeen,
    @Nullable Long stateSince,
    @Nullable Failure failure,
    String label,
    String note,
    List<String> tags,
    boolean ignored,
    String searched) {

  static Machine read(Fields fields) {
    Fields resources = fields.at("resources");
    Fields link = fields.at("link");
    Fields probes = fields.at("probes");
    Double cores = resources.number("cpu_cores");
    String key = fields.text("key", "");
    String hostname = fields.text("hostname", "");
    return new Machine(
        key,
        fields.text("machine_id", key),
        hostname.isBlank() ? key : hostname,
        fields.text("address", fields.text("primary_ip", "")),
        fields.text("machine_role", ""),
        fields.text("caelum_version", ""),
        fields.text("cluster_name", ""),
        MachineState.of(fields.text("state", "")),
        fields.flag("connected"),
        fields.flag("self"),
        fields.flag("legacy"),
        fields.flag("foreign"),
        fields.flag("duplicate_id"),
        fields.flag("simulated"),
        resources.number("cpu_usage_percent"),
        cores == null ? null : (Integer) cores.intValue(),
        resources.number("memory_usage_percent"),
        resources.number("memory_total_gb"),
        fields.size("running_services"),
        link.number("rtt_ms") == null ? probes.number("rtt_ms") : link.number("rtt_ms"),
        loss(probes),
        probes.flag("udp_blocked"),
        fields.text("summary", ""),
        link.text("direction"),
        moment(link.number("since_seconds")),
        moment(fields.number("last_seen_seconds")),
        moment(fields.number("state_since_seconds")),
        fields.has("failure") ? Failure.read(fields.at("failure")) : null,
        fields.text("label", ""),
        fields.raw("note", ""),
        fields.texts("tags"),
        fields.flag("ignored"),
        searched(fields, key, hostname));
  }

  private static String searched(Fields fields, String key, String hostname) {
    Fields network = fields.at("network_info");
    List<String> parts = new ArrayList<>(List.of(hostname, key, fields.text("address", "")));
    parts.add(fields.text("label", ""));
    parts.addAll(fields.texts("tags"));
    parts.addAll(network.texts("ip_addresses"));
    parts.addAll(network.texts("mac_addresses"));
    parts.addAll(fields.list("running_services", service -> service.text("name", "")));
    return String.join(" ", parts).toLowerCase(Locale.ROOT);
  }

  private static @Nullable Double loss(Fields probes) {
    long asked = probes.count("asked");
    return asked <= 0 ? null : (Double) (100.0 * probes.count("lost") / asked);
  }

  private static @Nullable Long moment(@Nullable Double secondsAgo) {
    return secondsAgo == null ? null : (Long) Monotonic.ago(secondsAgo);
  }

  /** Whether people count the machine as online. */
  public boolean online() {
    return state.online();
  }

  /** Whether more than readings differ from those of {@code before}, an earlier row of it. */
  public boolean turned(Machine before) {
    return state != before.state
        || connected != before.connected
        || ignored != before.ignored
        || duplicateId != before.duplicateId
        || udpBlocked != before.udpBlocked
        || !address.equals(before.address)
        || !summary.equals(before.summary)
        || !searched.equals(before.searched)
        || !tags.equals(before.tags)
        || !note.equals(before.note)
        || !Objects.equals(services, before.services)
        || (failure == null) != (before.failure == null);
  }
}

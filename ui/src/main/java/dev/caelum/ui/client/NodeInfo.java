package dev.caelum.ui.client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the node itself is.
 *
 * @param health {@code ok}, {@code degraded} or {@code down}
 * @param startedAt {@link Monotonic} moment
 * @param startedTime the same moment by the node's clock; null when it did not say
 */
public record NodeInfo(
    String key,
    String instance,
    String hostname,
    String clusterName,
    String version,
    String health,
    long startedAt,
    @Nullable Instant startedTime,
    List<Listener> listeners,
    List<Interface> interfaces,
    List<Note> notes) {

  /** One listening socket: {@code cluster} or {@code beacon}. */
  public record Listener(String name, String address, boolean up) {
    /** The port of the address, as digits; empty when it has none. */
    public String port() {
      int colon = address.lastIndexOf(':');
      return colon < 0 ? "" : address.substring(colon + 1).replaceFirst("\\D.*", "");
    }
  }

  /**
   * How beacons fare on one network interface.
   *
   * @param state {@code up}, {@code skipped} or {@code failed}
   */
  public record Interface(
      String name,
      @Nullable String address,
      String state,
      @Nullable String reason,
      long sent,
      long sendFailures,
      long received,
      @Nullable Double echoMillis,
      boolean multicastEcho,
      boolean broadcastEcho) {}

  /** One finding that does not stop the node. */
  public record Note(String code, String text) {}

  static NodeInfo read(Fields fields) {
    Double uptime = fields.number("uptime_seconds");
    return new NodeInfo(
        fields.text("key", ""),
        fields.text("instance", ""),
        fields.text("hostname", ""),
        fields.text("cluster_name", ""),
        fields.text("version", ""),
        fields.text("health", "ok"),
        Monotonic.ago(uptime == null ? 0 : uptime),
        uptime == null ? null : fields.instant("started_at"),
        fields.list(
            "listeners",
            f -> new Listener(f.text("name", ""), f.text("address", ""), f.flag("up"))),
        fields.list("interfaces", NodeInfo::readInterface),
        fields.list("notes", f -> new Note(f.text("code", ""), f.text("text", ""))));
  }

  private static Interface readInterface(Fields f) {
    return new Interface(
        f.text("name", ""),
        f.text("address"),
        f.text("state", ""),
        f.text("reason"),
        f.count("sent"),
        f.count("send_failures"),
        f.count("received"),
        f.number("echo_ms"),
        f.flag("multicast_echo"),
        f.flag("broadcast_echo"));
  }

  /** The {@link Monotonic} moment that the node's clock calls {@code time}; null if unknown. */
  public @Nullable Long moment(@Nullable Instant time) {
    return time == null || startedTime == null
        ? null
        : (Long) (startedAt + Duration.between(startedTime, time).toMillis());
  }

  /** Whether it plays with simulated machines. */
  public boolean demo() {
    return notes.stream().anyMatch(note -> note.code().equals("demo"));
  }

  /** Whether beacons leave this machine, as far as the node knows. */
  public boolean announces() {
    return listeners.stream().anyMatch(each -> each.name().equals("beacon") && each.up())
        && notes.stream().noneMatch(note -> note.code().equals("no_beacon_leaves"));
  }

  /** The port of the listener {@code name}, as digits; empty while unknown. */
  public String port(String name) {
    return listeners.stream()
        .filter(listener -> listener.name().equals(name))
        .map(Listener::port)
        .findFirst()
        .orElse("");
  }
}

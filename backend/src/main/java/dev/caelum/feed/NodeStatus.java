package dev.caelum.feed;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How this node itself is.
 *
 * @param clusterNameExplicit whether the name was set by a person; only then does it separate
 *     clusters
 * @param notes findings that do not stop the node, most important first
 */
public record NodeStatus(
    String machineId,
    String key,
    String instance,
    String hostname,
    String clusterId,
    String clusterName,
    boolean clusterNameExplicit,
    String version,
    Instant startedAt,
    Health health,
    List<Listener> listeners,
    List<InterfaceStatus> interfaces,
    List<Note> notes) {
  public NodeStatus {
    listeners = List.copyOf(listeners);
    interfaces = List.copyOf(interfaces);
    notes = List.copyOf(notes);
  }

  /** The verdict over all parts. */
  public enum Health {
    OK,
    DEGRADED,
    DOWN
  }

  /**
   * One listening socket.
   *
   * @param name {@code cluster} or {@code beacon}
   * @param problem null while it listens
   */
  public record Listener(String name, String address, boolean up, @Nullable String problem) {}

  /**
   * One finding.
   *
   * @param code stable, lower case with underscores
   * @param text one sentence: what was seen and what to do
   */
  public record Note(String code, String text) {
    /** No interface is there that could carry beacons, whatever keeps each from it. */
    public static final Note NO_INTERFACE =
        new Note(
            "no_interface",
            "No network interface of this machine carries beacons, so no other machine is found by"
                + " itself: connect a cable or Wi-Fi, or connect by address. The list of interfaces"
                + " tells why each is not used.");

    /** The cluster is played. */
    static final String DEMO = "demo";

    /** Said by a node that plays with {@code machines} simulated ones. */
    public static Note demo(int machines) {
      return new Note(
          DEMO,
          (machines == 1 ? "1 simulated machine" : machines + " simulated machines")
              + " (--demo): this node talks to no network. Stop it and start it without --demo to"
              + " see your own.");
    }
  }
}

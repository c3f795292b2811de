package dev.caelum.http;

import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.FailureCode;
import dev.caelum.cluster.NodeId;
import dev.caelum.feed.DiscoveryRun;
import dev.caelum.feed.Finding;
import dev.caelum.feed.NodeStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** All that the API may ask of the node; implemented by the node itself. Every method is quick. */
public interface NodePort {
  /** The latest published table. */
  ClusterSnapshot snapshot();

  /** How this node is now. */
  NodeStatus status();

  /** The running discovery, or the last one. */
  DiscoveryRun discovery();

  /** Starts a discovery or joins the running one; the future ends with the run. */
  CompletableFuture<DiscoveryRun> discover();

  /** Ends the running discovery early; without one, nothing happens. */
  void stopDiscovery();

  /** Dials {@code host:port} for an operator: resolves the name, passes the dial policy, waits. */
  CompletableFuture<ConnectResult> connect(String host, int port);

  /**
   * Sends a {@code status_broadcast} to all linked machines.
   *
   * @param payloadJson the payload, one JSON object
   */
  Broadcast broadcast(String payloadJson);

  /** What an operator may do with one machine. */
  OperatorPort operator();

  /** What link {@code number} carried so far; null when there is no such link. */
  @Nullable Carried carried(long number);

  /** Machines heard by beacon since the start, newest first. */
  List<HeardBeacon> heard();

  /** What happened to the machine {@code key} lately, newest first. */
  List<Finding> findings(String key);

  /** When this machine's id was minted or copied here. */
  Instant idSince();

  /**
   * Writes another id for this machine; {@link #restart} takes it. Asked twice, it tells the same.
   *
   * @throws IOException with a sentence for people; nothing is changed then
   */
  RenewedId renewId() throws IOException;

  /** Says goodbye and starts this node anew in the same process; returns at once. */
  void restart();

  /** Monotonic nanoseconds on the clock of {@link #snapshot()}. */
  long now();

  /**
   * How an operator's connect ended.
   *
   * @param code null when connected
   * @param key the machine's key when known
   * @param text what happened, for people
   * @param hint what to do next; null when connected
   */
  record ConnectResult(
      boolean connected,
      @Nullable FailureCode code,
      @Nullable String key,
      String text,
      @Nullable String hint,
      long millis) {}

  /** Bytes of all messages of one link, both ways. */
  record Carried(long sent, long received) {}

  /** This machine's id before and after a renewal. */
  record RenewedId(NodeId before, NodeId after) {}

  /**
   * A broadcast that went out.
   *
   * @param messageId its {@code message_id} on the wire
   * @param recipients how many links took it
   */
  record Broadcast(String messageId, int recipients) {}

  /** One machine heard over UDP, in the words of old scripts. */
  record HeardBeacon(
      String machineId,
      String hostname,
      String primaryIp,
      String senderIp,
      String clusterId,
      String clusterName,
      int websocketPort,
      List<Service> services,
      double lastSeenSeconds,
      String type) {
    /** A service as a beacon lists it. */
    public record Service(String name, String type, @Nullable Integer port, String status) {}
  }
}

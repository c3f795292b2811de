package dev.caelum.node;

import dev.caelum.config.NodeConfig;
import dev.caelum.host.Descriptors;
import dev.caelum.host.HeapRoom;
import dev.caelum.http.AccessRules;
import dev.caelum.http.HttpApi;
import dev.caelum.http.ListenerLimits;
import dev.caelum.http.Observation;
import dev.caelum.link.HandshakeRules;
import dev.caelum.link.LinkLimits;
import dev.caelum.link.LinkRoute;
import dev.caelum.link.Links;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import java.net.InetAddress;
import java.util.function.Predicate;

/**
 * Makes the server behind the cluster port: links, API, health and metrics.
 *
 * @param own tells this machine's own addresses
 */
record ClusterServer(
    NodeConfig config,
    HttpApi api,
    Observation observation,
    Links links,
    AccessRules access,
    Predicate<InetAddress> own) {
  private static final int BYTES_PER_CONNECTION = 32 << 10;

  /**
   * How many callers this process has room for: a third of what it may open, since links that it
   * opens itself, and files, take the rest; and of its heap.
   */
  static LinkLimits limits() {
    return LinkLimits.DEFAULT.withConnections(
        Math.min(HeapRoom.of(BYTES_PER_CONNECTION, 64), Descriptors.free() / 3));
  }

  /** A server that was never started. */
  WebServer make(int port) {
    WebServerConfig.Builder builder =
        WebServer.builder()
            .host(config.host())
            .port(port)
            .shutdownHook(false)
            .addFeature(observation.feature())
            .routing(api::register);
    ListenerLimits.apply(builder, links.limits().acceptedConnections());
    new LinkRoute(links, new HandshakeRules(access::ownHost, access::ownOrigin, own))
        .addTo(builder, api::registerLive);
    return builder.build();
  }
}

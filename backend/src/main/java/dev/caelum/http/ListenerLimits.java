package dev.caelum.http;

import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.http1.Http1Config;
import java.time.Duration;

/** The bounds of the listener that carries the API; the server's own defaults are unlimited. */
public final class ListenerLimits {
  /** The largest request body in bytes, but for those that bring tasks. */
  public static final int BODY = 64 * 1024;

  /** The largest request body that brings tasks: a payload may have 256 Ki characters. */
  public static final int TASK_BODY = 512 * 1024;

  /** What is read of a body at most, also when it is refused for its size. */
  private static final int READ_BODY = 4 << 20;

  /** All request headers together in bytes. */
  public static final int HEADERS = 16 * 1024;

  /**
   * What the kernel holds for one reader, in bytes: without it, 5,000 stalled readers could hold
   * gigabytes.
   */
  public static final int SEND_BUFFER = 128 * 1024;

  private ListenerLimits() {}

  /**
   * Sets the bounds, and how requests beyond them are answered.
   *
   * @param connections most open connections, links and event streams included
   */
  public static void apply(ListenerConfig.BuilderBase<?, ?> listener, int connections) {
    listener
        .maxPayloadSize(READ_BODY)
        .maxTcpConnections(connections)
        .directHandlers(TransportProblems.handlers())
        .idleConnectionTimeout(Duration.ofMinutes(5))
        .connectionOptions(options -> options.tcpNoDelay(true).socketSendBufferSize(SEND_BUFFER))
        .addProtocol(
            Http1Config.builder().maxHeadersSize(HEADERS).maxPrologueLength(4 * 1024).build());
  }
}

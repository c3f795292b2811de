package dev.caelum.beacon;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One received datagram.
 *
 * @param payload read-only by agreement and valid only during the call that hands it over: the
 *     receiver reuses the buffer; a payload longer than {@link #MAX_BYTES} was cut one byte after
 *     it
 * @param source who sent it; a link-local IPv6 address carries its interface as scope
 * @param interfaceName where it arrived; null when no attached subnet holds the source
 * @param localPort the port that heard it
 */
public record Datagram(
    ByteBuffer payload,
    InetSocketAddress source,
    @Nullable String interfaceName,
    int localPort,
    Via via) {
  /** The longest payload that is accepted; old nodes read no more either. */
  public static final int MAX_BYTES = 4096;
}

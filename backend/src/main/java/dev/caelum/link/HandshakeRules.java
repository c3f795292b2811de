package dev.caelum.link;

import java.net.InetAddress;
import java.util.function.Predicate;

/**
 * Who may open a link.
 *
 * @param hostAllowed tells of a Host header's value, in lower case, without port and without the
 *     brackets of IPv6, whether this node goes by it; guards against DNS rebinding
 * @param exempt sources without a per-source cap: this machine's own addresses; loopback always is
 */
public record HandshakeRules(Predicate<String> hostAllowed, Predicate<InetAddress> exempt) {
  /** Whether no per-source cap holds for {@code source}. */
  boolean uncapped(InetAddress source) {
    return source.isLoopbackAddress() || exempt.test(source);
  }
}

package dev.caelum.discovery;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One answer a second and source, so that nobody can make this node a reflector. An IPv6 source is
 * its /64. Remembers a bounded number of sources.
 */
final class AnswerLimit {
  static final int SOURCES = 4_096;
  static final long PAUSE_NANOS = 1_000_000_000L;

  private final Map<InetAddress, Long> answeredAt =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Long> eldest) {
          return size() > SOURCES;
        }
      };

  /** Whether {@code source} may be answered at {@code at}; if so, this was its answer. */
  synchronized boolean allows(InetAddress source, long at) {
    InetAddress key = key(source);
    Long last = answeredAt.get(key);
    if (last != null && at - last < PAUSE_NANOS) {
      return false;
    }
    answeredAt.remove(key);
    answeredAt.put(key, at);
    return true;
  }

  /** Link-local hosts all share one /64, so they count one by one. */
  private static InetAddress key(InetAddress source) {
    if (!(source instanceof Inet6Address) || source.isLinkLocalAddress()) {
      return source;
    }
    byte[] network = source.getAddress();
    Arrays.fill(network, 8, 16, (byte) 0);
    try {
      return InetAddress.getByAddress(network);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("sixteen bytes make an IPv6 address", e);
    }
  }
}

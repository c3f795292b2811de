package dev.caelum.wire;

import dev.caelum.cluster.ProbeAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a node hears probes, as two keys of an object. */
final class ProbeAddresses {
  private static final String PORT = "udp";
  private static final String COOKIE = "cookie";

  private ProbeAddresses() {}

  static @Nullable ProbeAddress decode(Fields fields) {
    if (!fields.has(PORT)) {
      return null;
    }
    long port = fields.whole(PORT, null, 1, 65_535);
    long cookie = fields.whole(COOKIE, null, 1, ProbeAddress.COOKIE_LIMIT - 1);
    return fields.problem() == null ? new ProbeAddress((int) port, cookie) : null;
  }

  static void encode(@Nullable ProbeAddress address, Map<String, @Nullable Object> out) {
    if (address != null) {
      out.put(PORT, address.port());
      out.put(COOKIE, address.cookie());
    }
  }
}

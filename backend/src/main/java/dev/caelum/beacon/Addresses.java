package dev.caelum.beacon;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The fixed addresses of the beacon protocol. */
final class Addresses {
  static final InetAddress GROUP_IPV4 = literal(239, 255, 43, 21);

  /** Transient and link-local: ff12::efff:2b15, the last 32 bits being those of the IPv4 group. */
  static final InetAddress GROUP_IPV6 =
      literal(0xFF, 0x12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 239, 255, 43, 21);

  static final InetAddress LIMITED_BROADCAST = literal(255, 255, 255, 255);
  static final InetAddress ANY_IPV4 = literal(0, 0, 0, 0);
  static final InetAddress ANY_IPV6 = literal(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  private Addresses() {}

  private static InetAddress literal(int... bytes) {
    byte[] raw = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      raw[i] = (byte) bytes[i];
    }
    try {
      return InetAddress.getByAddress(raw);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 bytes make an address", e);
    }
  }
}

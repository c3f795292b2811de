package dev.caelum.beacon;

import java.net.InetAddress;

/**
 * A directly attached subnet.
 *
 * @param address this machine's own address in it
 * @param prefixLength 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Subnet(String interfaceName, InetAddress address, int prefixLength) {
  /** Whether {@code other} is on this subnet; never true across address families. */
  public boolean contains(InetAddress other) {
    byte[] mine = address.getAddress();
    byte[] theirs = other.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    int whole = prefixLength / 8;
    for (int i = 0; i < whole; i++) {
      if (mine[i] != theirs[i]) {
        return false;
      }
    }
    int rest = prefixLength % 8;
    return rest == 0 || ((mine[whole] ^ theirs[whole]) & 0xFF & (0xFF00 >> rest)) == 0;
  }

  /** {@code address/prefix} as people write it. */
  @Override
  public String toString() {
    return address.getHostAddress() + "/" + prefixLength;
  }
}

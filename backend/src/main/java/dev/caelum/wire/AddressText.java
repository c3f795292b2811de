package dev.caelum.wire;

/** IP addresses as text, told apart from names without asking anybody. */
final class AddressText {
  private static final int GROUPS = 8;

  private AddressText() {}

  /** Whether {@code text} is an IPv4 address or an IPv6 one without brackets and zone. */
  static boolean literal(String text) {
    return text.indexOf(':') < 0 ? ipv4(text) : ipv6(text);
  }

  private static boolean ipv4(String text) {
    String[] parts = text.split("\\.", -1);
    for (String part : parts) {
      boolean digits = !part.isEmpty() && part.length() <= 3 && of(part, "0123456789");
      boolean octal = part.length() > 1 && part.startsWith("0");
      if (!digits || octal || Integer.parseInt(part) > 255) {
        return false;
      }
    }
    return parts.length == 4;
  }

  /** RFC 4291, 2.2, without the form that ends in an IPv4 address. */
  private static boolean ipv6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text) == GROUPS;
    }
    int before = groups(text.substring(0, gap));
    int after = groups(text.substring(gap + 2));
    return before >= 0 && after >= 0 && before + after < GROUPS;
  }

  /** How many groups {@code text} is; -1 when one of them is none. */
  private static int groups(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    String[] parts = text.split(":", -1);
    for (String part : parts) {
      if (part.isEmpty() || part.length() > 4 || !of(part, "0123456789abcdefABCDEF")) {
        return -1;
      }
    }
    return parts.length;
  }

  private static boolean of(String text, String allowed) {
    return text.chars().allMatch(unit -> allowed.indexOf(unit) >= 0);
  }
}

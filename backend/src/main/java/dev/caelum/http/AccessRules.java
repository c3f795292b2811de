package dev.caelum.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who a caller is, and which names this machine answers to. Decides only; pure of any server, so
 * that the WebSocket routes ask it too.
 *
 * <p>The Host check stops DNS rebinding, the Origin check stops foreign web pages in a browser of
 * this network.
 */
public final class AccessRules {
  private final Supplier<? extends Collection<String>> names;
  private final Supplier<? extends Collection<InetAddress>> addresses;

  /**
   * Rules for one machine.
   *
   * @param names its host names, beside {@code localhost}; asked for each request
   * @param addresses its addresses, beside loopback; asked for each request
   */
  public AccessRules(
      Supplier<? extends Collection<String>> names,
      Supplier<? extends Collection<InetAddress>> addresses) {
    this.names = names;
    this.addresses = addresses;
  }

  /**
   * Who sent a request.
   *
   * @param local on this machine: may do everything, and has no rate limit
   * @param source what rate limits count: an IPv4 address or the /64 of an IPv6 one
   */
  public record Caller(boolean local, String source) {}

  /**
   * The caller behind a connection. It is local when the connection comes from this machine and
   * every address that a proxy named is one of this machine's too.
   *
   * @param forwardedFor the values of all {@code X-Forwarded-For} headers
   * @param otherProxy whether a {@code Forwarded} header is there, which is not read: never local
   */
  public Caller caller(InetAddress remote, List<String> forwardedFor, boolean otherProxy) {
    if (!own(remote)) {
      return new Caller(false, source(remote));
    }
    boolean local = !otherProxy;
    InetAddress named = remote;
    for (String header : forwardedFor) {
      for (String entry : header.split(",", -1)) {
        InetAddress address = address(entry.strip());
        if (address == null || !own(address)) {
          local = false;
          // The last foreign one is what the nearest proxy, on this machine, saw itself.
          named = address == null ? named : address;
        }
      }
    }
    return new Caller(local, source(named));
  }

  /** Whether a {@code Host} header names this machine, with any port. */
  public boolean ownHost(@Nullable String host) {
    if (host == null) {
      return false;
    }
    String name = withoutPort(host.strip());
    if (name == null) {
      return false;
    }
    InetAddress address = address(name);
    if (address != null) {
      return own(address);
    }
    String plain = plain(name);
    return plain.equals("localhost")
        || names.get().stream().anyMatch(own -> plain(own).equals(plain));
  }

  /** Whether a web page of {@code origin} is one that {@code host} itself served. */
  public boolean ownOrigin(String origin, String host) {
    try {
      URI uri = new URI(origin);
      String scheme = String.valueOf(uri.getScheme());
      String authority = uri.getRawAuthority();
      if (authority == null || !Set.of("http", "https").contains(scheme)) {
        return false;
      }
      int standard = scheme.equals("http") ? 80 : 443;
      return withPort(authority, standard).equals(withPort(host.strip(), standard));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private boolean own(InetAddress address) {
    return address.isLoopbackAddress() || addresses.get().contains(address);
  }

  private static String source(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length == 4) {
      return address.getHostAddress();
    }
    var net = new StringBuilder(20);
    for (int i = 0; i < 8; i += 2) {
      net.append(Integer.toHexString(((bytes[i] & 0xff) << 8) | (bytes[i + 1] & 0xff))).append(':');
    }
    return net.append(":/64").toString();
  }

  /** A literal address, in brackets or not; null for anything else. Never asks a resolver. */
  private static @Nullable InetAddress address(String text) {
    String literal =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    if (literal.isEmpty() || literal.length() > 64 || literal.indexOf('%') >= 0) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(literal);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable String withoutPort(String host) {
    int end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
    if (host.startsWith("[") && end == 0) {
      return null;
    }
    if (end < 0 || end == host.length()) {
      return host.isEmpty() ? null : host;
    }
    String port = host.substring(end);
    return port.matches(":[0-9]{1,5}") ? host.substring(0, end) : null;
  }

  private static String withPort(String authority, int standard) {
    String name = withoutPort(authority);
    if (name == null) {
      return authority;
    }
    return plain(name)
        + (name.length() == authority.length()
            ? ":" + standard
            : authority.substring(name.length()));
  }

  private static String plain(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}

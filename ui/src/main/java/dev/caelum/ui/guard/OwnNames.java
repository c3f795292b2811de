package dev.caelum.ui.guard;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * The names and addresses under which this machine may be called: loopback, its host name, every
 * address of its interfaces (looked at again every 10 s), and the names an operator listed.
 */
public final class OwnNames {
  private static final Logger LOG = Logger.getLogger(OwnNames.class.getName());
  private static final long FRESH_NANOS = 10_000_000_000L;

  private final Set<String> names = ConcurrentHashMap.newKeySet();
  private volatile Addresses addresses = look();

  private record Addresses(Set<InetAddress> all, long at) {}

  /**
   * Asks for the host name in the background: a broken resolver must not delay the start.
   *
   * @param listed further names that reach this machine, for example a reverse proxy's
   */
  public OwnNames(Collection<String> listed) {
    names.add("localhost");
    listed.forEach(name -> names.add(plain(name)));
    Thread.ofVirtual().name("own-name").start(this::addHostName);
  }

  private void addHostName() {
    try {
      String name = plain(InetAddress.getLocalHost().getHostName());
      int dot = name.indexOf('.');
      String first = dot > 0 ? name.substring(0, dot) : name;
      names.addAll(Set.of(name, first + ".local"));
      names.add(first);
    } catch (UnknownHostException e) {
      LOG.log(Level.FINE, "This machine does not know its own name", e);
    }
  }

  /** Whether {@code host}, a name or an address literal as a URL spells it, is this machine's. */
  public boolean isName(String host) {
    return names.contains(plain(host)) || isAddress(host);
  }

  /** Whether {@code literal} is an address of this machine; false when it is no literal. */
  public boolean isAddress(String literal) {
    InetAddress address;
    try {
      address = InetAddress.ofLiteral(plain(literal));
    } catch (IllegalArgumentException e) {
      return false;
    }
    return address.isLoopbackAddress() || fresh().contains(address);
  }

  private Set<InetAddress> fresh() {
    Addresses now = addresses;
    if (System.nanoTime() - now.at() > FRESH_NANOS) {
      now = look();
      addresses = now;
    }
    return now.all();
  }

  private static Addresses look() {
    Set<InetAddress> all = new HashSet<>();
    try {
      all =
          NetworkInterface.networkInterfaces()
              .flatMap(NetworkInterface::inetAddresses)
              .collect(Collectors.toSet());
    } catch (SocketException e) {
      LOG.log(Level.WARNING, "The interfaces of this machine cannot be listed", e);
    }
    return new Addresses(all, System.nanoTime());
  }

  /** Lower case, without brackets, zone and a final dot. */
  private static String plain(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.startsWith("[") && name.endsWith("]")) {
      name = name.substring(1, name.length() - 1);
    }
    int zone = name.indexOf('%');
    name = zone < 0 ? name : name.substring(0, zone);
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}

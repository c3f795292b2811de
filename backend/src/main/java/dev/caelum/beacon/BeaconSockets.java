package dev.caelum.beacon;

import dev.caelum.beacon.Interfaces.Choice;
import dev.caelum.beacon.Interfaces.Skipped;
import dev.caelum.beacon.NetInterface.Address;
import dev.caelum.beacon.SendOutcome.PerInterface;
import dev.caelum.beacon.SocketKey.Role;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The node's UDP sockets on every usable interface. It moves datagrams and knows no protocol.
 *
 * <p>Sends from any thread; receives on one thread of its own, which calls the handler. An
 * interface that fails is reported in {@link #interfaces} and tried again by each {@link #refresh};
 * it never fails the others.
 */
public final class BeaconSockets implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(BeaconSockets.class.getName());

  /** Switches that snoop forget a member after 260 s without a report (RFC 3376, 8.4). */
  private static final long REJOIN_NANOS = 180_000_000_000L;

  private final int port;
  private final List<String> interfaceNames;
  private final List<Integer> alsoListenOn;
  private final boolean exact;
  private final DatagramHandler handler;
  private final PortSharing sharing;
  private final Map<String, InterfaceTally> tallies = new ConcurrentHashMap<>();
  private final Map<SocketKey, BeaconChannel> open = new LinkedHashMap<>();
  private @Nullable ReceiveLoop loop;
  private long joinedAt;
  private boolean closed;

  /** What sends and receives look at; replaced as a whole by each refresh. */
  private volatile View view = new View(List.of(), List.of(), List.of(), Set.of(), 0);

  /**
   * @param ownPort the unicast port of this node alone, or 0
   * @param addresses every address of this machine, of unused interfaces too
   */
  private record View(
      List<Outlet> outlets,
      List<Skipped> skipped,
      List<Subnet> subnets,
      Set<InetAddress> addresses,
      int ownPort) {}

  /**
   * @param port the beacon port, 1024 to 65535
   * @param interfaceNames the only interfaces to use; empty = all suitable ones
   * @param alsoListenOn further UDP ports to listen on, shared and as far as they can be bound
   */
  public BeaconSockets(
      int port, List<String> interfaceNames, List<Integer> alsoListenOn, DatagramHandler handler) {
    this(port, interfaceNames, alsoListenOn, handler, isLinux());
  }

  /** With {@code exact} false as on Windows and macOS; see {@link SocketPlan}. */
  BeaconSockets(
      int port,
      List<String> interfaceNames,
      List<Integer> alsoListenOn,
      DatagramHandler handler,
      boolean exact) {
    this.port = port;
    this.interfaceNames = List.copyOf(interfaceNames);
    this.alsoListenOn = List.copyOf(alsoListenOn);
    this.handler = handler;
    this.exact = exact;
    this.sharing = new PortSharing(port);
  }

  private static boolean isLinux() {
    return System.getProperty("os.name", "").startsWith("Linux");
  }

  /**
   * Opens the sockets and starts to receive. No usable interface is no error: one may come.
   *
   * @throws BeaconPortInUse when nothing could be bound because a process holds the port for itself
   */
  public synchronized void start() throws IOException {
    if (loop != null || closed) {
      return;
    }
    ReceiveLoop started = new ReceiveLoop(handler, this::interfaceOf, this::tally);
    loop = started;
    try {
      sharing.beforeBinding(Interfaces.choose(Interfaces.read(), interfaceNames).usable());
      refresh();
      failIfPortHeld();
    } catch (IOException e) {
      close();
      throw e;
    }
    started.start();
  }

  private void failIfPortHeld() throws BeaconPortInUse {
    BindException held = null;
    for (Outlet outlet : view.outlets()) {
      if (outlet.usable()) {
        return;
      }
      held = outlet.failure() instanceof BindException e ? e : held;
    }
    if (held != null && sharing.foreignHolder()) {
      throw new BeaconPortInUse(port, held);
    }
  }

  /**
   * Reads the interfaces again and opens, closes and joins what changed; what did not change is
   * left alone. To be called every 10 s and after a send error.
   *
   * @return whether the set of sockets changed
   */
  public synchronized boolean refresh() throws IOException {
    if (closed || loop == null) {
      return false;
    }
    List<NetInterface> all = Interfaces.read();
    Choice choice = Interfaces.choose(all, interfaceNames);
    int ownPort = view.ownPort();
    Map<SocketKey, IOException> failures = new LinkedHashMap<>();
    boolean changed = apply(plan(ownPort).keys(choice.usable()), failures);
    if (ownPort == 0 && sharing.shared(open.values())) {
      ownPort = sharing.freePort(choice.usable());
      changed |= apply(plan(ownPort).keys(choice.usable()), failures);
    }
    rejoinNowAndThen();
    publish(all, choice, ownPort, failures);
    return changed;
  }

  private SocketPlan plan(int ownPort) {
    return new SocketPlan(port, ownPort, alsoListenOn, exact);
  }

  private boolean apply(Set<SocketKey> wanted, Map<SocketKey, IOException> failures) {
    failures.clear();
    boolean changed = open.values().removeIf(socket -> closeUnless(wanted, socket));
    for (SocketKey key : wanted) {
      if (open.containsKey(key)) {
        continue;
      }
      try {
        BeaconChannel socket =
            BeaconChannel.open(key, key.port() == port || key.role() == Role.ALSO);
        open.put(key, socket);
        changed = true;
        if (loop != null) {
          loop.add(socket);
        }
      } catch (IOException e) {
        failures.put(key, e);
      }
    }
    if (changed && loop != null) {
      loop.forgetClosed();
    }
    return changed;
  }

  private static boolean closeUnless(Set<SocketKey> wanted, BeaconChannel socket) {
    if (wanted.contains(socket.key()) && socket.channel().isOpen()) {
      return false;
    }
    socket.close();
    return true;
  }

  private void rejoinNowAndThen() {
    long now = System.nanoTime();
    if (joinedAt == 0) {
      joinedAt = now;
    }
    if (now - joinedAt < REJOIN_NANOS) {
      return;
    }
    joinedAt = now;
    for (BeaconChannel socket : open.values()) {
      try {
        socket.rejoin();
      } catch (IOException e) {
        // Closed, so that the next refresh opens and joins it anew.
        socket.close();
      }
    }
  }

  private void publish(
      List<NetInterface> all, Choice choice, int ownPort, Map<SocketKey, IOException> failures) {
    List<Outlet> outlets = new ArrayList<>();
    List<Subnet> subnets = new ArrayList<>();
    for (NetInterface each : choice.usable()) {
      outlets.add(Outlet.of(each, ownPort == 0 ? port : ownPort, port, open, failures));
      for (Address address : each.addresses()) {
        subnets.add(new Subnet(each.name(), address.ip(), address.prefixLength()));
      }
    }
    Set<InetAddress> addresses = new LinkedHashSet<>();
    all.forEach(each -> each.addresses().forEach(address -> addresses.add(address.ip())));
    if (ownPort != 0 && view.ownPort() == 0) {
      LOG.info(
          "UDP port " + port + " is shared on this machine; unicast beacons use port " + ownPort);
    }
    view = new View(outlets, choice.skipped(), subnets, Set.copyOf(addresses), ownPort);
  }

  /**
   * Sends {@code payload} on every usable interface to the group, to each directed broadcast
   * address and to the IPv6 group. One interface's failure never stops the others.
   */
  public SendOutcome announce(byte[] payload) {
    List<PerInterface> outcomes = new ArrayList<>();
    for (Outlet outlet : view.outlets()) {
      PerInterface outcome = outlet.announce(payload, port);
      tally(outlet.name()).announced(outcome);
      outcomes.add(outcome);
    }
    return new SendOutcome(outcomes);
  }

  /**
   * Sends {@code payload} to {@code target} from the interface that is attached to it, else from
   * the one that the route to it takes.
   *
   * @return whether it left
   */
  public boolean sendTo(byte[] payload, InetSocketAddress target) {
    Outlet outlet = outletTo(target).orElse(null);
    if (outlet == null) {
      return false;
    }
    InterfaceTally tally = tally(outlet.name());
    try {
      outlet.sendTo(payload, target);
      tally.sent.increment();
      return true;
    } catch (IOException | RuntimeException e) {
      tally.sendFailures.increment();
      return false;
    }
  }

  private Optional<Outlet> outletTo(InetSocketAddress target) {
    InetAddress address = target.getAddress();
    if (address == null) {
      return Optional.empty();
    }
    List<Outlet> outlets = view.outlets();
    if (address instanceof Inet6Address v6 && v6.isLinkLocalAddress()) {
      int scope = v6.getScopeId();
      return outlets.stream().filter(each -> each.index() == scope).findFirst();
    }
    String attached = interfaceOf(address);
    if (attached != null) {
      return outlets.stream().filter(each -> each.name().equals(attached)).findFirst();
    }
    InetAddress source = Outlet.sourceTowards(target).orElse(null);
    return outlets.stream().filter(each -> each.has(source)).findFirst().or(() -> first(outlets));
  }

  private static Optional<Outlet> first(List<Outlet> outlets) {
    return outlets.stream().filter(Outlet::usable).findFirst();
  }

  /** Every interface of this machine with its state and counts: used ones first. */
  public List<BeaconInterface> interfaces() {
    View now = view;
    List<BeaconInterface> all = new ArrayList<>();
    for (Outlet outlet : now.outlets()) {
      all.add(outlet.report(tally(outlet.name())));
    }
    for (Skipped skipped : now.skipped()) {
      NetInterface each = skipped.netInterface();
      List<Address> ipv4 = each.ipv4();
      String address = ipv4.isEmpty() ? null : ipv4.getFirst().toString();
      InterfaceTally tally = tallies.getOrDefault(each.name(), new InterfaceTally());
      all.add(tally.report(each.name(), address, BeaconInterface.State.SKIPPED, skipped.reason()));
    }
    return all;
  }

  /** The subnets of the used interfaces, for the dial policy and for scans. */
  public List<Subnet> attached() {
    return view.subnets();
  }

  /** Every address of this machine, of unused interfaces too. */
  public Set<InetAddress> ownAddresses() {
    return view.addresses();
  }

  /** Whether {@code address} is one of this machine, on any interface, loopback included. */
  public boolean isOwn(InetAddress address) {
    return address.isLoopbackAddress() || view.addresses().contains(address);
  }

  /** The UDP port where this node alone is reached: the beacon port unless that is shared. */
  public int unicastPort() {
    int ownPort = view.ownPort();
    return ownPort == 0 ? port : ownPort;
  }

  /** Datagrams that the kernel dropped because a receive buffer was full; -1 where unknown. */
  public long kernelDrops() {
    return sharing.kernelDrops();
  }

  /** The smallest receive buffer that the system granted, in bytes; 4 MiB are asked for. */
  public synchronized int receiveBuffer() {
    int smallest = Integer.MAX_VALUE;
    for (BeaconChannel socket : open.values()) {
      try {
        smallest = Math.min(smallest, socket.receiveBuffer());
      } catch (IOException closedMeanwhile) {
        // Nothing to tell about it.
      }
    }
    return smallest == Integer.MAX_VALUE ? 0 : smallest;
  }

  private @Nullable String interfaceOf(InetAddress address) {
    for (Subnet subnet : view.subnets()) {
      if (subnet.contains(address)) {
        return subnet.interfaceName();
      }
    }
    return null;
  }

  private InterfaceTally tally(String name) {
    return tallies.computeIfAbsent(name, _ -> new InterfaceTally());
  }

  /** Stops receiving and closes every socket; later sends leave nowhere. */
  @Override
  public void close() {
    ReceiveLoop stopping;
    synchronized (this) {
      closed = true;
      stopping = loop;
      loop = null;
      open.values().forEach(BeaconChannel::close);
      open.clear();
      view = new View(List.of(), List.of(), List.of(), Set.of(), 0);
    }
    if (stopping != null) {
      stopping.close();
    }
  }
}

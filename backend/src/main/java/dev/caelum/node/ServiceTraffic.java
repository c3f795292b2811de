package dev.caelum.node;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.Member;
import dev.caelum.mcp.CallFailed;
import dev.caelum.mcp.ServiceWatch;
import dev.caelum.service.McpMessage;
import dev.caelum.service.Service;
import dev.caelum.wire.Frame;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells peers of this machine's services, remembers theirs while the link stands, and carries calls
 * of tools to the machine of the server and their results back. Any thread may call.
 */
final class ServiceTraffic {
  private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

  private final LongFunction<@Nullable LinkSession> sessions;
  private final Supplier<List<Service>> own;
  private final ToolCalls calls;
  private final Runnable changed;
  private final AtomicInteger characters = new AtomicInteger();

  /** By machine; kept after its link ended, until the machine itself is forgotten. */
  private final Map<String, ToldServices> told = new ConcurrentHashMap<>();

  private final Map<String, ServicePeer> peers = new ConcurrentHashMap<>();
  private final Map<Long, ServicePeer> byLink = new ConcurrentHashMap<>();

  /**
   * @param own all services of this machine
   * @param allowed peers that may have tools of this machine called
   * @param changed services of a peer are new, different, gone, or out of reach; must be quick
   */
  ServiceTraffic(
      LongFunction<@Nullable LinkSession> sessions,
      ServiceWatch watch,
      Supplier<List<Service>> own,
      List<InetAddress> allowed,
      Runnable changed) {
    this.changed = changed;
    this.sessions = sessions;
    this.own = own;
    this.calls = new ToolCalls(sessions, watch, allowed);
  }

  /** The services of a peer as it told them last; empty when it never did. */
  Optional<List<Service>> of(String key) {
    return Optional.ofNullable(told.get(key)).map(ToldServices::all);
  }

  /** A service of this machine is new or different. */
  void tell(Service service) {
    for (ServicePeer peer : peers.values()) {
      LinkSession session = sessions.apply(peer.link());
      if (session == null || !session.sendWork(new Frame.Services(List.of(service), false))) {
        LATER.execute(() -> tellAll(peer));
      }
    }
  }

  /** A service of this machine is gone: peers begin anew. */
  void tellAll() {
    peers.values().forEach(this::tellAll);
  }

  /** Until the peer has them, or is gone. */
  private void tellAll(ServicePeer peer) {
    LinkSession session = sessions.apply(peer.link());
    if (session == null || !byLink.containsKey(peer.link())) {
      return;
    }
    boolean sent = session.sendWork(new Frame.Services(List.of(), true));
    for (Service service : own.get()) {
      sent = sent && session.sendWork(new Frame.Services(List.of(service), false));
    }
    if (!sent) {
      LATER.execute(() -> tellAll(peer));
    }
  }

  /** A frame arrived; false when the link does not lead to a member yet. */
  boolean heard(long link, Frame.Services news) {
    ServicePeer peer = byLink.get(link);
    if (peer == null) {
      return false;
    }
    if (news.all()) {
      peer.told().clear();
    }
    news.services().forEach(peer.told()::put);
    changed.run();
    return true;
  }

  /** A frame about a call arrived; false when the link does not lead to a member yet. */
  boolean heard(long link, McpMessage message) {
    ServicePeer peer = byLink.get(link);
    if (peer == null) {
      return false;
    }
    calls.heard(peer, message);
    return true;
  }

  /**
   * Has a tool of another machine called.
   *
   * @throws CallFailed when the machine is not linked
   */
  ServiceWatch.Call call(
      String key,
      int port,
      String tool,
      String arguments,
      Duration deadline,
      Consumer<ServiceWatch.Progress> progress)
      throws CallFailed {
    ServicePeer peer = peers.get(key);
    if (peer == null) {
      throw new CallFailed(CallFailed.NOT_READY, "its machine is not linked now");
    }
    return calls.call(peer, port, tool, arguments, deadline, progress);
  }

  // ---- links ----

  /** Follows the table; called by the thread that steps it. */
  void saw(ClusterEvent event) {
    if (event instanceof ClusterEvent.MemberChanged(Member member, var _)) {
      Member.Link link = member.legacy() || member.self() ? null : member.link();
      follow(member.key(), member.hostname(), link == null ? null : link.number());
    } else if (event instanceof ClusterEvent.MemberRemoved(String key)) {
      follow(key, key, null);
      ToldServices forgotten = told.remove(key);
      if (forgotten != null) {
        forgotten.clear();
        changed.run();
      }
    }
  }

  private synchronized void follow(String key, String hostname, @Nullable Long link) {
    ServicePeer before = peers.get(key);
    if (before == null ? link == null : link != null && before.link() == link) {
      return;
    }
    if (before != null) {
      peers.remove(key);
      byLink.remove(before.link());
      calls.gone(before);
      changed.run();
    }
    LinkSession session = link == null ? null : sessions.apply(link);
    if (link != null && session != null) {
      InetAddress source = session.link().remote().getAddress();
      ServicePeer peer =
          new ServicePeer(
              key,
              hostname,
              link,
              source,
              told.computeIfAbsent(key, _ -> new ToldServices(characters)));
      peers.put(key, peer);
      byLink.put(link, peer);
      Thread.ofVirtual().start(() -> tellAll(peer));
    }
  }
}

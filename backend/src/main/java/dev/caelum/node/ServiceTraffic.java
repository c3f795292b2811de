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
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Tells peers of this machine's services, remembers theirs while the link stands, and carries calls
 * of tools to the machine of the server and their results back. Any thread may call.
 */
final class ServiceTraffic {
  private static final int SERVICES = 512;
  private static final int CALLS = 256;
  private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

  private final LongFunction<@Nullable LinkSession> sessions;
  private final ServiceWatch watch;
  private final Set<InetAddress> allowed;
  private final Map<String, Peer> peers = new ConcurrentHashMap<>();
  private final Map<Long, Peer> byLink = new ConcurrentHashMap<>();
  private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
  private final Map<String, ServiceWatch.Call> running = new ConcurrentHashMap<>();

  private record Peer(
      String key, String hostname, long link, InetAddress source, Map<String, Service> told) {}

  private record Waiting(
      Peer peer, CompletableFuture<String> result, Consumer<ServiceWatch.Progress> progress) {}

  /**
   * @param allowed peers that may have tools of this machine called
   */
  ServiceTraffic(
      LongFunction<@Nullable LinkSession> sessions, ServiceWatch watch, List<InetAddress> allowed) {
    this.sessions = sessions;
    this.watch = watch;
    this.allowed = Set.copyOf(allowed);
  }

  /** The services of a peer; empty when it is not linked. */
  Optional<List<Service>> of(String key) {
    Peer peer = peers.get(key);
    if (peer == null) {
      return Optional.empty();
    }
    synchronized (peer.told()) {
      return Optional.of(List.copyOf(peer.told().values()));
    }
  }

  /** A service of this machine is new or different. */
  void tell(Service service) {
    for (Peer peer : peers.values()) {
      LinkSession session = sessions.apply(peer.link());
      if (session == null || !session.sendWork(new Frame.Services(List.of(service), false))) {
        LATER.execute(() -> tellAll(peer));
      }
    }
  }

  /** Until the peer has them, or is gone. */
  private void tellAll(Peer peer) {
    LinkSession session = sessions.apply(peer.link());
    if (session == null || !byLink.containsKey(peer.link())) {
      return;
    }
    boolean sent = session.sendWork(new Frame.Services(List.of(), true));
    for (Service service : watch.services()) {
      sent = sent && session.sendWork(new Frame.Services(List.of(service), false));
    }
    if (!sent) {
      LATER.execute(() -> tellAll(peer));
    }
  }

  /** A frame arrived; false when the link does not lead to a member yet. */
  boolean heard(long link, Frame.Services news) {
    Peer peer = byLink.get(link);
    if (peer == null) {
      return false;
    }
    synchronized (peer.told()) {
      if (news.all()) {
        peer.told().clear();
      }
      for (Service service : news.services()) {
        if (peer.told().size() < SERVICES) {
          peer.told()
              .put(
                  "%05d %s".formatted(service.port(), service.port() == 0 ? service.name() : ""),
                  service);
        }
      }
    }
    return true;
  }

  /** A frame about a call arrived; false when the link does not lead to a member yet. */
  boolean heard(long link, McpMessage message) {
    Peer peer = byLink.get(link);
    if (peer == null) {
      return false;
    }
    switch (message) {
      case McpMessage.Call call -> answer(peer, call);
      case McpMessage.Cancel cancel -> {
        ServiceWatch.Call stopped = running.remove(peer.key() + " " + cancel.id());
        if (stopped != null) {
          stopped.cancel().accept(cancel.reason());
        }
      }
      case McpMessage.Result result ->
          mine(peer, result.id()).ifPresent(call -> call.result().complete(result.result()));
      case McpMessage.Failed failed ->
          mine(peer, failed.id())
              .ifPresent(call ->
                  call.result()
                      .completeExceptionally(new CallFailed(failed.code(), failed.text())));
      case McpMessage.Progress progress ->
          mine(peer, progress.id())
              .ifPresent(call ->
                  call.progress()
                      .accept(
                          new ServiceWatch.Progress(
                              progress.done(), progress.total(), progress.message())));
    }
    return true;
  }

  private Optional<Waiting> mine(Peer peer, String id) {
    return Optional.ofNullable(waiting.get(id)).filter(call -> call.peer().link() == peer.link());
  }

  // ---- calls from others ----

  private void answer(Peer peer, McpMessage.Call call) {
    String source = peer.source().getHostAddress();
    if (!allowed.contains(peer.source())) {
      fail(
          peer,
          call.id(),
          "This machine lets no tool be called from %s. Its operator allows it with mcp-forward-from: %s"
              .formatted(source, source));
      return;
    }
    String key = peer.key() + " " + call.id();
    if (running.size() >= CALLS || running.containsKey(key)) {
      fail(peer, call.id(), "This machine makes " + CALLS + " calls already; try again soon.");
      return;
    }
    try {
      ServiceWatch.Call made =
          watch.call(
              call.port(),
              call.tool(),
              call.arguments(),
              Duration.ofMillis(call.deadlineMillis()),
              told ->
                  send(
                      peer,
                      new McpMessage.Progress(
                          call.id(), told.done(), told.total(), told.message())));
      running.put(key, made);
      var ending = made.result().whenComplete((result, error) -> ended(peer, call, result, error));
      ending.exceptionally(_ -> "");
    } catch (CallFailed e) {
      fail(peer, call.id(), String.valueOf(e.getMessage()));
    }
  }

  private void ended(
      Peer peer, McpMessage.Call call, @Nullable String result, @Nullable Throwable error) {
    running.remove(peer.key() + " " + call.id());
    if (result != null && result.length() > McpMessage.LIMIT) {
      fail(peer, call.id(), "The result has more than " + McpMessage.LIMIT + " characters.");
    } else if (result != null) {
      send(peer, new McpMessage.Result(call.id(), result));
    } else {
      // A call to a server that just died fails before the watch has seen its end.
      String why =
          error instanceof CallFailed failed ? String.valueOf(failed.getMessage()) : "cancelled";
      Service service = watch.service(call.port());
      boolean down = service != null && !service.ready();
      int code = error instanceof CallFailed failed ? failed.code() : CallFailed.NOT_READY;
      send(peer, new McpMessage.Failed(call.id(), code, down ? watch.notReady(call.port()) : why));
    }
  }

  private void fail(Peer peer, String id, String why) {
    send(peer, new McpMessage.Failed(id, CallFailed.NOT_READY, why));
  }

  private boolean send(Peer peer, McpMessage message) {
    LinkSession session = sessions.apply(peer.link());
    return session != null && session.sendWork(new Frame.Mcp(message));
  }

  // ---- calls to others ----

  /**
   * Has a tool of another machine called.
   *
   * @throws CallFailed when the machine is not linked, or too much waits for it
   */
  ServiceWatch.Call call(
      String key,
      int port,
      String tool,
      String arguments,
      Duration deadline,
      Consumer<ServiceWatch.Progress> progress)
      throws CallFailed {
    Peer peer = peers.get(key);
    if (peer == null) {
      throw new CallFailed(CallFailed.NOT_READY, "its machine is not linked now");
    }
    String id = UUID.randomUUID().toString();
    CompletableFuture<String> result = new CompletableFuture<>();
    waiting.put(id, new Waiting(peer, result, progress));
    CompletableFuture<String> ending =
        result
            .orTimeout(deadline.toMillis() + 2_000, TimeUnit.MILLISECONDS)
            .whenComplete((_, _) -> waiting.remove(id));
    if (!send(peer, new McpMessage.Call(id, port, tool, arguments, deadline.toMillis()))) {
      result.completeExceptionally(
          new CallFailed(CallFailed.NOT_READY, "too much waits for its machine; try again soon"));
    }
    return new ServiceWatch.Call(
        ending,
        reason -> {
          send(peer, new McpMessage.Cancel(id, reason));
          result.cancel(false);
        });
  }

  // ---- links ----

  /** Follows the table; called by the thread that steps it. */
  void saw(ClusterEvent event) {
    if (event instanceof ClusterEvent.MemberChanged(Member member, var _)) {
      Member.Link link = member.legacy() || member.self() ? null : member.link();
      follow(member.key(), member.hostname(), link == null ? null : link.number());
    } else if (event instanceof ClusterEvent.MemberRemoved(String key)) {
      follow(key, key, null);
    }
  }

  private synchronized void follow(String key, String hostname, @Nullable Long link) {
    Peer before = peers.get(key);
    if (before == null ? link == null : link != null && before.link() == link) {
      return;
    }
    if (before != null) {
      peers.remove(key);
      byLink.remove(before.link());
      waiting.values().stream()
          .filter(call -> call.peer().link() == before.link())
          .forEach(call ->
              call.result()
                  .completeExceptionally(
                      new CallFailed(
                          CallFailed.NOT_READY, "the link to " + hostname + " broke meanwhile")));
    }
    LinkSession session = link == null ? null : sessions.apply(link);
    if (link != null && session != null) {
      InetAddress source = session.link().remote().getAddress();
      Peer peer = new Peer(key, hostname, link, source, new TreeMap<>());
      peers.put(key, peer);
      byLink.put(link, peer);
      Thread.ofVirtual().start(() -> tellAll(peer));
    }
  }
}

package dev.caelum.node;

import dev.caelum.mcp.CallFailed;
import dev.caelum.mcp.ServiceWatch;
import dev.caelum.service.McpMessage;
import dev.caelum.wire.Frame;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Carries calls of tools between machines: those of peers to a server of this machine, as far as
 * its operator lets them, and those of this machine to the node of the server. Any thread may call.
 */
final class ToolCalls {
  /** Calls of peers that run at once; each may have a result of 256 Ki characters. */
  private static final int CALLS = 256;

  /** Characters of results that wait for room on a link, of all calls together. */
  private static final int HELD = 4 << 20;

  /** How long a message waits for room on its link: the lane of a link that stands empties soon. */
  private static final int RESULT_ATTEMPTS = 600;

  private static final int CALL_ATTEMPTS = 40;
  private static final Executor SOON = CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);

  private final LongFunction<@Nullable LinkSession> sessions;
  private final ServiceWatch watch;
  private final Set<InetAddress> allowed;
  private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
  private final Map<String, Running> running = new ConcurrentHashMap<>();
  private final AtomicInteger held = new AtomicInteger();

  private record Waiting(
      ServicePeer peer,
      CompletableFuture<String> result,
      Consumer<ServiceWatch.Progress> progress) {}

  private record Running(ServicePeer peer, ServiceWatch.Call call) {}

  /**
   * @param allowed peers that may have tools of this machine called
   */
  ToolCalls(
      LongFunction<@Nullable LinkSession> sessions, ServiceWatch watch, List<InetAddress> allowed) {
    this.sessions = sessions;
    this.watch = watch;
    this.allowed = Set.copyOf(allowed);
  }

  /** A frame about a call arrived. */
  void heard(ServicePeer peer, McpMessage message) {
    switch (message) {
      case McpMessage.Call call -> answer(peer, call);
      case McpMessage.Cancel cancel -> {
        Running stopped = running.remove(name(peer, cancel.id()));
        if (stopped != null) {
          stopped.call().cancel().accept(cancel.reason());
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
  }

  private Optional<Waiting> mine(ServicePeer peer, String id) {
    return Optional.ofNullable(waiting.get(id)).filter(call -> call.peer().link() == peer.link());
  }

  private static String name(ServicePeer peer, String id) {
    return peer.link() + " " + id;
  }

  /** The link to a peer ended: its calls are wanted no more, and those to it failed. */
  void gone(ServicePeer peer) {
    running.forEach((name, one) -> {
      if (one.peer().link() == peer.link() && running.remove(name, one)) {
        one.call().cancel().accept("the link to the caller's machine broke");
      }
    });
    CallFailed broke =
        new CallFailed(CallFailed.NOT_READY, "the link to " + peer.hostname() + " broke meanwhile");
    waiting.values().stream()
        .filter(call -> call.peer().link() == peer.link())
        .forEach(call -> call.result().completeExceptionally(broke));
  }

  // ---- calls from others ----

  private void answer(ServicePeer peer, McpMessage.Call call) {
    String source = peer.source().getHostAddress();
    String name = name(peer, call.id());
    if (!allowed.contains(peer.source())) {
      fail(
          peer,
          call.id(),
          "This machine lets no tool be called from %s. Its operator allows it with mcp-forward-from: %s"
              .formatted(source, source));
    } else if (running.size() >= CALLS || running.containsKey(name)) {
      fail(peer, call.id(), "This machine makes " + CALLS + " calls already; try again soon.");
    } else {
      try {
        ServiceWatch.Call made =
            watch.call(
                call.port(),
                call.tool(),
                call.arguments(),
                Duration.ofMillis(call.deadlineMillis()),
                told -> progressed(peer, call.id(), told));
        running.put(name, new Running(peer, made));
        var _ = made.result().handle((result, error) -> ended(peer, call.id(), result, error));
      } catch (CallFailed e) {
        fail(peer, call.id(), String.valueOf(e.getMessage()));
      }
    }
  }

  /** Progress that finds no room is dropped: the next one says more. */
  private void progressed(ServicePeer peer, String id, ServiceWatch.Progress told) {
    boolean _ = send(peer, new McpMessage.Progress(id, told.done(), told.total(), told.message()));
  }

  private @Nullable Void ended(
      ServicePeer peer, String id, @Nullable String result, @Nullable Throwable error) {
    running.remove(name(peer, id));
    if (error != null) {
      CallFailed failed = CallFailed.of(error);
      deliver(peer, new McpMessage.Failed(id, failed.code(), String.valueOf(failed.getMessage())));
    } else if (result != null && result.length() <= McpMessage.LIMIT) {
      deliver(peer, id, result);
    } else {
      fail(peer, id, "The result has more than " + McpMessage.LIMIT + " characters.");
    }
    return null;
  }

  private void deliver(ServicePeer peer, String id, String result) {
    if (held.addAndGet(result.length()) > HELD) {
      held.addAndGet(-result.length());
      fail(peer, id, "Too many results wait on their way; try again soon.");
    } else {
      deliver(
          peer,
          new McpMessage.Result(id, result),
          RESULT_ATTEMPTS,
          sent -> {
            held.addAndGet(-result.length());
            if (!sent) {
              fail(peer, id, "The result found no room on the link.");
            }
          });
    }
  }

  private void fail(ServicePeer peer, String id, String why) {
    deliver(peer, new McpMessage.Failed(id, CallFailed.NOT_READY, why));
  }

  private void deliver(ServicePeer peer, McpMessage.Failed failed) {
    deliver(peer, failed, RESULT_ATTEMPTS, _ -> {});
  }

  /**
   * Sends a message as soon as there is room.
   *
   * @param over whether it is on its way; false when the link is gone, or the attempts used up
   */
  private void deliver(ServicePeer peer, McpMessage message, int attempts, Consumer<Boolean> over) {
    if (send(peer, message)) {
      over.accept(true);
    } else if (attempts == 0 || sessions.apply(peer.link()) == null) {
      over.accept(false);
    } else {
      SOON.execute(() -> deliver(peer, message, attempts - 1, over));
    }
  }

  private boolean send(ServicePeer peer, McpMessage message) {
    LinkSession session = sessions.apply(peer.link());
    return session != null && session.sendWork(new Frame.Mcp(message));
  }

  // ---- calls to others ----

  /** Has a tool of the peer's machine called. */
  ServiceWatch.Call call(
      ServicePeer peer,
      int port,
      String tool,
      String arguments,
      Duration deadline,
      Consumer<ServiceWatch.Progress> progress) {
    String id = UUID.randomUUID().toString();
    CompletableFuture<String> result = new CompletableFuture<>();
    if (arguments.length() > McpMessage.LIMIT) {
      result.completeExceptionally(
          new CallFailed(
              CallFailed.NOT_READY,
              "the arguments have more than " + McpMessage.LIMIT + " characters"));
      return new ServiceWatch.Call(result, _ -> {});
    }
    waiting.put(id, new Waiting(peer, result, progress));
    CompletableFuture<String> ending =
        result
            .orTimeout(deadline.toMillis() + 2_000, TimeUnit.MILLISECONDS)
            .whenComplete((_, _) -> waiting.remove(id));
    deliver(
        peer,
        new McpMessage.Call(id, port, tool, arguments, deadline.toMillis()),
        CALL_ATTEMPTS,
        sent -> {
          if (!sent) {
            result.completeExceptionally(
                new CallFailed(
                    CallFailed.NOT_READY, "too much waits for its machine; try again soon"));
          }
        });
    return new ServiceWatch.Call(
        ending,
        reason -> {
          boolean _ = send(peer, new McpMessage.Cancel(id, reason));
          result.cancel(false);
        });
  }
}

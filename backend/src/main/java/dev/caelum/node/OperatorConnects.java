package dev.caelum.node;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Failure;
import dev.caelum.cluster.FailureCode;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.Member;
import dev.caelum.feed.DisplayText;
import dev.caelum.feed.FailureText;
import dev.caelum.feed.FailureText.Subject;
import dev.caelum.http.NodePort.ConnectResult;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Connects that a person asked for: resolves the name, waits for the end, says why. */
final class OperatorConnects {
  private static final long PATIENCE_SECONDS = 15;
  private static final int WAITING = 256;

  private final Supplier<ClusterSnapshot> table;
  private final Predicate<InetAddress> own;
  private final Supplier<Integer> ownPort;
  private final Consumer<Input> inputs;
  private final Map<Endpoint, CompletableFuture<ConnectResult>> waiting = new ConcurrentHashMap<>();

  OperatorConnects(
      Supplier<ClusterSnapshot> table,
      Predicate<InetAddress> own,
      Supplier<Integer> ownPort,
      Consumer<Input> inputs) {
    this.table = table;
    this.own = own;
    this.ownPort = ownPort;
    this.inputs = inputs;
  }

  CompletableFuture<ConnectResult> connect(String host, int port) {
    CompletableFuture<ConnectResult> result = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("connect " + port)
        .start(() -> {
          try {
            resolve(host, port, result);
          } catch (RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  private void resolve(String host, int port, CompletableFuture<ConnectResult> result) {
    long start = System.nanoTime();
    InetAddress address;
    try {
      address = InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      result.complete(
          failure(FailureCode.NAME, new Subject(null, host, port, false, "", 0), start));
      return;
    }
    Endpoint target = new Endpoint(plain(address), port);
    if (own.test(address) && port == ownPort.get()) {
      result.complete(
          failure(FailureCode.SELF, new Subject(null, host, port, false, "", 0), start));
      return;
    }
    Member linked = linkedAt(target);
    if (linked != null) {
      result.complete(
          new ConnectResult(
              true,
              FailureCode.ALREADY,
              linked.key(),
              FailureText.of(
                      FailureCode.ALREADY,
                      new Subject(linked.hostname(), target.host(), port, true, "", 0))
                  .text(),
              null,
              millis(start)));
      return;
    }
    if (waiting.size() >= WAITING) {
      result.complete(
          failure(FailureCode.BUDGET, new Subject(null, host, port, false, "", 0), start));
      return;
    }
    CompletableFuture<ConnectResult> shared =
        waiting.computeIfAbsent(target, _ -> new CompletableFuture<>());
    CompletableFuture<?> _ =
        shared.completeOnTimeout(
            failure(
                FailureCode.NO_REGISTRATION,
                new Subject(null, target.host(), port, false, "", 0),
                start),
            PATIENCE_SECONDS,
            TimeUnit.SECONDS);
    CompletableFuture<?> _ =
        shared.whenComplete((done, error) -> {
          waiting.remove(target, shared);
          result.complete(done);
        });
    inputs.accept(new Input.Contact(System.nanoTime(), target, Input.Origin.OPERATOR, "OPERATOR"));
  }

  private static String plain(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 || address.isLinkLocalAddress() ? text : text.substring(0, zone);
  }

  private @Nullable Member linkedAt(Endpoint target) {
    for (Member member : table.get().members()) {
      if (!member.self() && member.connected() && member.endpoint().equals(target)) {
        return member;
      }
    }
    return null;
  }

  /** Takes every event of the cluster. */
  void saw(ClusterEvent event) {
    switch (event) {
      case ClusterEvent.Connected(Member member, Endpoint target, String method, long millis) ->
          complete(
              target,
              new ConnectResult(
                  true,
                  null,
                  member.key(),
                  "Connected to " + DisplayText.name(member.hostname()) + " in " + millis + " ms",
                  null,
                  millis));
      case ClusterEvent.DialFailed(Failure failure, @Nullable Member member, String method) -> {
        boolean linked = failure.code() == FailureCode.ALREADY;
        if (linked && (member == null || !member.connected())) {
          // The link that is kept instead is about to be registered, which answers.
          return;
        }
        FailureText words =
            FailureText.of(failure, member == null ? null : member.hostname(), member != null);
        complete(
            failure.target(),
            new ConnectResult(
                linked,
                failure.code(),
                member == null ? null : member.key(),
                words.text(),
                linked ? null : words.hint(),
                failure.millis()));
      }
      case ClusterEvent.MemberChanged changed -> {}
      case ClusterEvent.MemberRemoved removed -> {}
      case ClusterEvent.Discovered discovered -> {}
      case ClusterEvent.DialStarted started -> {}
      case ClusterEvent.Suspected suspected -> {}
      case ClusterEvent.Died died -> {}
      case ClusterEvent.Departed departed -> {}
      case ClusterEvent.Returned returned -> {}
      case ClusterEvent.Moved moved -> {}
      case ClusterEvent.DuplicateId duplicate -> {}
      case ClusterEvent.Refuted refuted -> {}
      case ClusterEvent.UdpBlocked blocked -> {}
      case ClusterEvent.NetworkLost lost -> {}
      case ClusterEvent.NetworkJudged judged -> {}
      case ClusterEvent.ForeignSeen foreign -> {}
    }
  }

  private void complete(Endpoint target, ConnectResult result) {
    CompletableFuture<ConnectResult> waiter = waiting.get(target);
    if (waiter != null) {
      waiter.complete(result);
    }
  }

  private static ConnectResult failure(FailureCode code, Subject subject, long start) {
    FailureText words = FailureText.of(code, subject);
    return new ConnectResult(false, code, null, words.text(), words.hint(), millis(start));
  }

  private static long millis(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }
}

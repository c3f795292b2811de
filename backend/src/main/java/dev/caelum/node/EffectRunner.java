package dev.caelum.node;

import dev.caelum.cluster.Effect;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.FailureCode;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.ProbeMessage;
import dev.caelum.cluster.Rumor;
import dev.caelum.discovery.DialPolicy;
import dev.caelum.link.DialOutcome;
import dev.caelum.link.Dialer;
import dev.caelum.link.Reach;
import dev.caelum.link.ReachabilityCheck;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Carries out what the core wants done; never blocks the loop. */
final class EffectRunner implements Consumer<Effect> {
  static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration CHECK = Duration.ofSeconds(1);

  private final DialPolicy policy;
  private final Dialer dialer;
  private final ReachabilityCheck check;
  private final LinkSpeaker speaker;
  private final ProbeTraffic probes;
  private final EventTeller teller;
  private final Consumer<Input> inputs;
  private final Map<String, LongAdder> dials = new ConcurrentHashMap<>();
  private final LongAdder comparisons = new LongAdder();

  EffectRunner(
      DialPolicy policy,
      Dialer dialer,
      ReachabilityCheck check,
      LinkSpeaker speaker,
      ProbeTraffic probes,
      EventTeller teller,
      Consumer<Input> inputs) {
    this.policy = policy;
    this.dialer = dialer;
    this.check = check;
    this.speaker = speaker;
    this.probes = probes;
    this.teller = teller;
    this.inputs = inputs;
  }

  /** Dials since the start, by outcome: {@code connected} or a failure code. */
  Map<String, LongAdder> dials() {
    return dials;
  }

  /** Comparisons of this node's table with a peer's that it began. */
  long comparisons() {
    return comparisons.sum();
  }

  @Override
  public void accept(Effect effect) {
    switch (effect) {
      case Effect.Dial dial -> dial(dial);
      case Effect.Register(long link) -> speaker.register(link);
      case Effect.Welcome(long link, String inReplyTo) -> speaker.welcome(link, inReplyTo);
      case Effect.Ping(long link) -> speaker.ping(link);
      case Effect.SendProbe(Endpoint target, ProbeMessage message) -> probes.send(target, message);
      case Effect.TellRumors(long link, List<Rumor> rumors) -> speaker.rumors(link, rumors);
      case Effect.TellDigest(long link, List<Integer> buckets) -> {
        comparisons.increment();
        speaker.digest(link, buckets);
      }
      case Effect.TellLines tell ->
          speaker.lines(tell.link(), tell.lines(), tell.buckets(), tell.reply());
      case Effect.Heartbeat(long link) -> speaker.heartbeat(link);
      case Effect.Goodbye(long link) -> speaker.goodbye(link);
      case Effect.CloseLink(long link, int code, String reason) ->
          speaker.close(link, code, reason);
      case Effect.AskMachines ask -> speaker.askMachines(ask.link(), ask.instance());
      case Effect.Check(String key, Endpoint target) -> check(key, target);
      case Effect.Publish publish -> teller.tell(publish.event());
    }
  }

  private void check(String key, Endpoint target) {
    CompletableFuture<?> _ =
        check
            .check(target, CHECK)
            .thenAccept(reach ->
                inputs.accept(new Input.Checked(System.nanoTime(), key, reach(reach.answer()))));
  }

  private static Input.Reach reach(Reach.Answer answer) {
    return switch (answer) {
      case LISTENING -> Input.Reach.LISTENING;
      case REFUSED -> Input.Reach.REFUSED;
      case SILENT, UNREACHABLE -> Input.Reach.SILENT;
    };
  }

  private void dial(Effect.Dial dial) {
    InetAddress address;
    try {
      address = InetAddress.ofLiteral(dial.target().host());
    } catch (IllegalArgumentException e) {
      failed(dial, FailureCode.NAME, "not an IP address", 0);
      return;
    }
    Optional<String> refusal =
        policy.refusal(address, dial.target().port(), dial.origin(), dial.otherInstance());
    if (refusal.isPresent()) {
      failed(dial, FailureCode.POLICY, refusal.get(), 0);
      return;
    }
    dialer.dial(
        dial.target(),
        CONNECT,
        outcome -> {
          switch (outcome) {
            case DialOutcome.Connected(var link, long millis) -> {
              count("connected");
              inputs.accept(
                  new Input.LinkOpened(
                      System.nanoTime(),
                      link.number(),
                      true,
                      LinkTraffic.host(link),
                      dial.target()));
            }
            case DialOutcome.Failed(FailureCode code, String evidence, long millis) ->
                failed(dial, code, evidence, millis);
          }
        });
  }

  private void failed(Effect.Dial dial, FailureCode code, String evidence, long millis) {
    count(code.code());
    inputs.accept(new Input.DialFailed(System.nanoTime(), dial.target(), code, evidence, millis));
  }

  private void count(String outcome) {
    dials.computeIfAbsent(outcome, _ -> new LongAdder()).increment();
  }
}

package dev.caelum.discovery;

import dev.caelum.beacon.BeaconSockets;
import dev.caelum.beacon.Datagram;
import dev.caelum.beacon.DatagramHandler;
import dev.caelum.beacon.SendOutcome;
import dev.caelum.cluster.Announcement;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.NodeId;
import dev.caelum.cluster.Self;
import dev.caelum.feed.DisplayText;
import dev.caelum.logging.RateLimitedLog;
import dev.caelum.wire.Beacon;
import dev.caelum.wire.BeaconCodec;
import dev.caelum.wire.Decoded;
import dev.caelum.wire.Refusal;
import dev.caelum.wire.Timestamp;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Announces this node by beacons and hears those of others. A new start announces itself at 0, 100,
 * 500 and 2,000 ms, then every 15 s give or take a quarter; each hearer answers a question once,
 * unicast, after a short random time.
 */
public final class BeaconDiscovery implements DatagramHandler, DiscoveryMethod {
  /** The method's name in results. */
  public static final String NAME = "UDP_BEACON";

  private static final Logger LOG = Logger.getLogger(BeaconDiscovery.class.getName());
  private static final long[] BURST_MILLIS = {0, 100, 500, 2_000};
  private static final long ANSWER_MIN_MILLIS = 20;
  private static final long ANSWER_SPREAD_MILLIS = 100;
  private static final double ANSWERS_WANTED = 5;
  private static final int QUESTIONS = 3;
  private static final long LINK_LOCAL_MILLIS = 1_000;

  /** What beacons are made of, and how many machines share the segment. */
  public interface Facts {
    /** This node now. */
    Self self();

    /** This node's incarnation now. */
    long incarnation();

    /** Machines that announce themselves as far as is known, this one included. */
    int machines();

    /** Whether an old node is alive or heard. */
    boolean legacyNear();
  }

  private final Facts facts;
  private final BeaconCadence cadence;
  private final Consumer<Input> inputs;
  private final ScheduledExecutorService timer;
  private final Supplier<BeaconSockets> sockets;
  private final Runnable troubled;
  private final AnswerLimit answers = new AnswerLimit();
  private final EchoWatch echoes = new EchoWatch();
  private final RateLimitedLog refusals = new RateLimitedLog(LOG);
  private final AtomicLong sequence = new AtomicLong();
  private final Map<Refusal, LongAdder> refused = new ConcurrentHashMap<>();

  private final NewestBeacons newest = new NewestBeacons();
  private final LongAdder heard = new LongAdder();
  private final LongAdder own = new LongAdder();
  private final AtomicLong lastLeft = new AtomicLong(Long.MIN_VALUE);
  private volatile boolean stopped;

  /**
   * @param sockets the sockets that this handles the datagrams of
   * @param timer runs announcements and answers; they are quick
   * @param troubled called on any thread when a send failed; must be quick
   */
  public BeaconDiscovery(
      Facts facts,
      Consumer<Input> inputs,
      ScheduledExecutorService timer,
      Supplier<BeaconSockets> sockets,
      Runnable troubled) {
    this.facts = facts;
    this.cadence = new BeaconCadence(facts);
    this.inputs = inputs;
    this.timer = timer;
    this.sockets = sockets;
    this.troubled = troubled;
  }

  /** Begins to announce. */
  public void start() {
    burst();
    scheduleNext();
  }

  /** Announces nothing any more. */
  public void stop() {
    stopped = true;
  }

  /** Announces again as at a start: after an address changed or the machine woke up. */
  public void burst() {
    for (long delay : BURST_MILLIS) {
      later(
          delay,
          () -> {
            if (cadence.asks(delay)) {
              announce(Beacon.Kind.PROBE);
            }
          });
    }
  }

  private void scheduleNext() {
    long base = cadence.interval().toMillis();
    long delay = (long) (base * (0.75 + ThreadLocalRandom.current().nextDouble() * 0.5));
    later(
        delay,
        () -> {
          guarded(() -> {
            cadence.renew();
            announce(Beacon.Kind.ANNOUNCE);
          });
          scheduleNext();
        });
  }

  private void later(long millis, Runnable task) {
    try {
      Future<?> _ =
          timer.schedule(
              () -> {
                if (!stopped) {
                  guarded(task);
                }
              },
              millis,
              TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException stopping) {
      // The node is stopping; nothing is announced any more.
    }
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      // The timer would swallow it without a word.
      LOG.log(Level.SEVERE, "A beacon could not be sent", e);
    }
  }

  private SendOutcome announce(Beacon.Kind kind) {
    long number = sequence.incrementAndGet();
    byte[] bytes = BeaconCodec.encode(beacon(kind, number));
    echoes.sent(number, System.nanoTime());
    SendOutcome outcome = sockets.get().announce(bytes);
    if (outcome.left()) {
      lastLeft.set(System.nanoTime());
    }
    if (outcome.troubled()) {
      troubled.run();
    }
    cadence.left(outcome.copies());
    return outcome;
  }

  private Beacon.Announce beacon(Beacon.Kind kind, long number) {
    Self self = facts.self();
    List<Beacon.Service> services =
        self.info().runningServices().stream()
            .map(service ->
                new Beacon.Service(
                    service.serviceName(), service.serviceType(), service.port(), service.status()))
            .toList();
    int unicastPort = sockets.get().unicastPort();
    return new Beacon.Announce(
        self.id().value(),
        self.info().hostname(),
        self.info().primaryIp(),
        self.info().clusterId(),
        self.info().clusterName(),
        self.endpoint().port(),
        services,
        Timestamp.now(),
        new Beacon.Extension(
            self.instance().value(),
            number,
            facts.incarnation(),
            (int) Math.max(1, cadence.interval().toSeconds()),
            self.cluster(),
            Integer.toHexString(services.hashCode()),
            services.size(),
            kind,
            unicastPort));
  }

  @Override
  public void received(Datagram datagram) {
    int length = datagram.payload().remaining();
    switch (BeaconCodec.decode(datagram.payload())) {
      case Decoded.Rejected<Beacon>(Refusal reason, String detail) -> {
        refused.computeIfAbsent(reason, _ -> new LongAdder()).increment();
        refusals.warning(
            "unreadable " + reason.code(),
            () ->
                "Unreadable datagram from " + datagram.source() + ": " + DisplayText.line(detail));
      }
      case Decoded.Value<Beacon>(Beacon beacon) -> take(beacon, datagram, length);
    }
  }

  private void take(Beacon beacon, Datagram datagram, int length) {
    switch (beacon) {
      case Beacon.ClusterHint hint -> {
        heard.increment();
        String source = datagram.source().getAddress().getHostAddress();
        inputs.accept(
            new Input.Contact(
                System.nanoTime(), new Endpoint(source, hint.wsPort()), Input.Origin.BEACON, NAME));
      }
      case Beacon.Announce announce -> {
        Beacon.Extension extension = announce.extension();
        if (extension != null && extension.instance().equals(facts.self().instance().value())) {
          own.increment();
          echo(extension, datagram);
          return;
        }
        heard.increment();
        if (extension == null) {
          hear(announce, datagram.source());
        } else if (datagram.source().getAddress().isLinkLocalAddress()) {
          InetSocketAddress from = datagram.source();
          later(LINK_LOCAL_MILLIS, () -> hearLate(announce, extension, from, length));
        } else {
          newest.heard(extension.instance(), extension.sequence());
          hear(announce, datagram.source());
          answer(extension, datagram.source(), length);
        }
      }
    }
  }

  private void hear(Beacon.Announce announce, InetSocketAddress source) {
    inputs.accept(
        new Input.BeaconHeard(
            System.nanoTime(),
            announcement(announce),
            new Endpoint(source.getAddress().getHostAddress(), announce.websocketPort())));
  }

  /**
   * A copy by IPv6 counts only when the IPv4 ones stay out: its address says little to people, and
   * a machine must not seem to move between the two.
   */
  private void hearLate(
      Beacon.Announce announce, Beacon.Extension extension, InetSocketAddress source, int length) {
    if (newest.missed(extension.instance(), extension.sequence())) {
      hear(announce, source);
      answer(extension, source, length);
    }
  }

  private void echo(Beacon.Extension extension, Datagram datagram) {
    String name = datagram.interfaceName();
    // Our instance can be read off any of our beacons; only from here it is an echo.
    if (name != null && sockets.get().isOwn(datagram.source().getAddress())) {
      echoes.heard(extension.sequence(), name, datagram.via(), System.nanoTime());
    }
  }

  private static Announcement announcement(Beacon.Announce beacon) {
    Beacon.Extension extension = beacon.extension();
    List<String> services = beacon.services().stream().map(Beacon.Service::name).toList();
    return new Announcement(
        new NodeId(beacon.machineId()),
        extension == null ? null : new InstanceId(extension.instance()),
        extension == null ? 0 : extension.sequence(),
        extension == null ? 0 : extension.incarnation(),
        extension == null ? null : extension.cluster(),
        beacon.hostname(),
        beacon.primaryIp(),
        beacon.clusterId(),
        beacon.clusterName(),
        extension == null ? BeaconCadence.USUAL : Duration.ofSeconds(extension.intervalSeconds()),
        services);
  }

  private void answer(Beacon.Extension extension, InetSocketAddress source, int length) {
    double chance =
        switch (extension.kind()) {
          case PROBE -> Math.min(1, ANSWERS_WANTED / Math.max(1, facts.machines()));
          case DISCOVER -> 1;
          case ANNOUNCE, ANSWER -> 0;
        };
    if (chance <= 0
        || ThreadLocalRandom.current().nextDouble() >= chance
        || !attached(source.getAddress())
        || !answers.allows(source.getAddress(), System.nanoTime())) {
      return;
    }
    long spread =
        extension.kind() == Beacon.Kind.DISCOVER
            ? Math.max(ANSWER_SPREAD_MILLIS, facts.machines() * 2L)
            // Few hearers need little room between their answers, and a newcomer waits for them.
            : Math.clamp(facts.machines() * 5L, 10, ANSWER_SPREAD_MILLIS);
    long delay = ANSWER_MIN_MILLIS + ThreadLocalRandom.current().nextLong(spread);
    Integer port = extension.replyPort();
    InetSocketAddress target =
        port == null || port < DialPolicy.LOWEST_PORT
            ? source
            : new InetSocketAddress(source.getAddress(), port);
    later(delay, () -> sendAnswer(target, length));
  }

  private void sendAnswer(InetSocketAddress target, int limit) {
    byte[] bytes = BeaconCodec.encode(beacon(Beacon.Kind.ANSWER, sequence.incrementAndGet()));
    if (bytes.length <= limit) {
      sockets.get().sendTo(bytes, target);
    }
  }

  private boolean attached(InetAddress source) {
    return sockets.get().attached().stream().anyMatch(subnet -> subnet.contains(source));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void search(Search search) throws InterruptedException {
    int copies = 0;
    for (int i = 0; i < QUESTIONS && !stopped && !search.over(); i++) {
      int sent =
          announce(Beacon.Kind.DISCOVER).interfaces().stream()
              .mapToInt(SendOutcome.PerInterface::copies)
              .sum();
      copies = Math.max(copies, sent);
      search.datagrams(copies * (QUESTIONS - i - 1), sent);
      search.pause(Duration.ofMillis(150));
    }
  }

  /** How our own beacons come back. */
  public EchoWatch echoes() {
    return echoes;
  }

  /** Readable beacons of others since the start. */
  public long heard() {
    return heard.sum();
  }

  /** Our own beacons that came back since the start. */
  public long ownHeard() {
    return own.sum();
  }

  /** Unreadable datagrams since the start, by reason. */
  public Map<Refusal, LongAdder> refused() {
    return refused;
  }

  /** When a beacon last left by any interface, in monotonic nanoseconds; null when none did. */
  public @Nullable Long lastLeft() {
    long at = lastLeft.get();
    return at == Long.MIN_VALUE ? null : at;
  }

  /** How often this node announces itself now. */
  public Duration interval() {
    return cadence.interval();
  }
}

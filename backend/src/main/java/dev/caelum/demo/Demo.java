package dev.caelum.demo;

import dev.caelum.cluster.Endpoint;
import dev.caelum.link.DialOutcome;
import dev.caelum.link.Dialer;
import dev.caelum.link.LinkEnd;
import dev.caelum.link.LinkHandler;
import dev.caelum.link.LinkLimits;
import dev.caelum.link.Links;
import dev.caelum.link.PeerLink;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Simulated machines around one node: they enter one after the other, tell their load every 15 s,
 * and now and then one of them leaves or fails, and comes back.
 */
public final class Demo implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Demo.class.getName());
  private static final long HEARTBEAT_MILLIS = 15_000;
  private static final long ENTRY_MILLIS = 20;
  private static final long SCENE_MILLIS = 25_000;
  private static final long ABSENCE_MILLIS = 20_000;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Endpoint node;
  private final int beaconPort;
  private final List<Actor> actors = new ArrayList<>();
  private final RandomGenerator random;
  private final AtomicLong answeredRun = new AtomicLong();
  private final Map<PeerLink, Actor> onStage = new ConcurrentHashMap<>();
  private final Links links = new Links(new Stage(), LinkLimits.DEFAULT);
  private final Dialer dialer = new Dialer(links, (address, port) -> Optional.empty());
  private final ScheduledExecutorService director =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("demo").daemon(true).factory());

  /**
   * @param port the node's, on 127.0.0.1
   * @param beaconPort where the node hears beacons
   * @param machines how many
   * @param version of Caelum that they claim
   * @param seed the same seed plays the same machines
   */
  public Demo(int port, int beaconPort, int machines, String version, long seed) {
    this.node = new Endpoint("127.0.0.1", port);
    this.beaconPort = beaconPort;
    this.random = new Random(seed);
    for (int i = 0; i < machines; i++) {
      actors.add(new Actor(new Play(i, version, new Random(seed + i + 1))));
    }
  }

  /** Lets the machines enter, 50 a second. */
  public void start() {
    for (int i = 0; i < actors.size(); i++) {
      Actor actor = actors.get(i);
      after(i * ENTRY_MILLIS, () -> enter(actor));
      every(HEARTBEAT_MILLIS, HEARTBEAT_MILLIS * i / actors.size(), actor::heartbeat);
    }
    every(SCENE_MILLIS, SCENE_MILLIS, this::scene);
  }

  private void after(long millis, Runnable step) {
    var _ = director.schedule(step, millis, TimeUnit.MILLISECONDS);
  }

  private void every(long millis, long first, Runnable step) {
    var _ = director.scheduleAtFixedRate(step, first, millis, TimeUnit.MILLISECONDS);
  }

  private void enter(Actor actor) {
    if (!actor.present()) {
      dialer.dial(node, own(actor.address()), PATIENCE, outcome -> entered(actor, outcome));
    }
  }

  private void entered(Actor actor, DialOutcome outcome) {
    if (outcome instanceof DialOutcome.Connected(PeerLink link, long _)) {
      onStage.put(link, actor);
      actor.entered(link);
    }
  }

  /**
   * Discovery {@code run} is under way, or over: whoever is there answers it once, within a second
   * and a half.
   */
  public void asked(long run) {
    if (answeredRun.getAndSet(run) == run) {
      return;
    }
    for (Actor actor : actors) {
      if (actor.present()) {
        after(20 + random.nextInt(1_500), () -> answer(actor));
      }
    }
  }

  private void answer(Actor actor) {
    InetAddress from = own(actor.address());
    try (DatagramSocket socket =
        from == null ? new DatagramSocket() : new DatagramSocket(0, from)) {
      byte[] beacon = actor.beacon();
      socket.send(
          new DatagramPacket(beacon, beacon.length, InetAddress.getLoopbackAddress(), beaconPort));
    } catch (IOException e) {
      LOG.log(Level.FINE, "A simulated machine could not answer", e);
    }
  }

  /** All of 127.0.0.0/8 is the machine's own on Linux; elsewhere the system chooses. */
  private static @Nullable InetAddress own(String address) {
    return System.getProperty("os.name", "").startsWith("Linux")
        ? InetAddress.ofLiteral(address)
        : null;
  }

  /** One machine goes, every third time with a goodbye; who was away before is called back. */
  private void scene() {
    Actor actor = actors.get(random.nextInt(actors.size()));
    if (actor.present()) {
      actor.leave(random.nextInt(3) == 0);
      after(ABSENCE_MILLIS + random.nextInt(20_000), () -> enter(actor));
    } else {
      enter(actor);
    }
  }

  private final class Stage implements LinkHandler {
    @Override
    public void opened(PeerLink link) {
      // entered() knows whose it is
    }

    @Override
    public void message(PeerLink link, String text) {
      Actor actor = onStage.get(link);
      if (actor != null) {
        actor.heard(text);
      }
    }

    @Override
    public void pong(PeerLink link, long rttNanos) {
      // nothing is asked
    }

    @Override
    public void closed(PeerLink link, LinkEnd end) {
      Actor actor = onStage.remove(link);
      if (actor != null) {
        actor.lost(link);
      }
    }
  }

  /** Cuts every link. */
  @Override
  public void close() {
    director.shutdownNow();
    dialer.close();
    links.close();
  }
}

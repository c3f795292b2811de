package dev.caelum.cluster.sim;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.Effect;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.FailureCode;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.cluster.Membership;
import dev.caelum.cluster.NodeId;
import dev.caelum.cluster.ProbeAddress;
import dev.caelum.cluster.ProbeMessage;
import dev.caelum.cluster.Registration;
import dev.caelum.cluster.Rumor;
import dev.caelum.cluster.Self;
import dev.caelum.cluster.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One production core with the thin shell that carries out its effects. */
final class Node extends Program {
  final NodeId id;
  final InstanceId instance;
  final @Nullable String cluster;
  final Membership core;
  final Watch watch;

  /** Whether each of its steps is checked. */
  final boolean watched;

  private final long cookie;
  private final Map<Long, Connection> links = new HashMap<>();
  private final Map<Connection, Long> numbers = new HashMap<>();
  private final Announcer announcer = new Announcer(this);
  private long lastLink;
  private ClusterSnapshot table = new ClusterSnapshot(-1, 0, List.of());
  private long tableAt;
  private int members = 1;

  Node(World world, String id, Host host, int port, @Nullable String cluster) {
    super(world, id + "/" + host.address.substring(5) + ":" + port, host, port);
    this.id = new NodeId(id);
    this.instance = new InstanceId(Long.toHexString(world.random().nextLong()));
    this.cluster = cluster;
    this.watched = world.watchesNext();
    this.cookie = world.random().nextLong(1, ProbeAddress.COOKIE_LIMIT);
    this.core =
        new Membership(
            self(),
            Settings.defaults(),
            new SplittableRandom(world.random().nextLong()),
            world.now());
    this.watch = new Watch(this);
  }

  Endpoint endpoint() {
    return new Endpoint(host.address, port);
  }

  private Self self() {
    return new Self(
        id,
        instance,
        cluster,
        endpoint(),
        new ProbeAddress(probePort, cookie),
        Machines.named(id.value(), host.address));
  }

  long incarnation() {
    return table().self().incarnation();
  }

  /** The table as the shell knows it: not older than its last change. */
  private ClusterSnapshot table() {
    boolean stale = table.revision() != core.revision();
    if (stale && (world.watched || world.now() - tableAt > World.MILLI * 50)) {
      table = core.snapshot();
      tableAt = world.now();
      members = (int) table.members().stream().filter(member -> member.state().online()).count();
    }
    return table;
  }

  /** How many are online in the table as the shell knows it. */
  int members() {
    table();
    return members;
  }

  void start() {
    world.processes.add(this);
    world.say("%s starts".formatted(this));
    tick();
    announcer.startBurst();
  }

  private void tick() {
    step(new Input.Tick(world.now()));
    after(100 * World.MILLI, this::tick);
  }

  /** DHCP gives the host another address; the shell notices within 10 s. */
  void moved(String address) {
    world.say("%s moves to %s".formatted(this, address));
    world.move(host, address);
    for (Program process : List.copyOf(host.listening.values())) {
      if (process instanceof Node node) {
        node.after(world.random().nextLong(10 * World.SECOND), node::sawOwnAddress);
      }
    }
  }

  private void sawOwnAddress() {
    Self self = self();
    step(new Input.SelfChanged(world.now(), self.info(), self.endpoint(), probePort));
    announcer.startBurst();
  }

  /** A clean stop: goodbye on all links, then the end of the process. */
  void stop() {
    world.say("%s stops".formatted(this));
    step(new Input.Stop(world.now()));
    after(200 * World.MILLI, this::kill);
  }

  void contact(Endpoint endpoint, Input.Origin origin) {
    watch.mayDial(endpoint);
    step(new Input.Contact(world.now(), endpoint, origin, origin.name()));
  }

  /** Tells the core of machines that an earlier run knew. */
  void remember(ClusterSnapshot earlier) {
    for (Member member : earlier.members()) {
      if (!member.self() && member.info() != null) {
        watch.mayDial(member.endpoint());
        step(
            new Input.Remembered(
                world.now(), member.id(), member.instance(), member.endpoint(), "h", "c", "n"));
      }
    }
  }

  @Override
  void datagram(Datagram datagram) {
    watch.mayDial(datagram.source());
    step(new Input.BeaconHeard(world.now(), datagram.says(), datagram.source()));
    announcer.heard(datagram);
  }

  @Override
  void accepted(Connection connection) {
    open(connection, null);
  }

  private void open(Connection connection, @Nullable Endpoint target) {
    long number = ++lastLink;
    links.put(number, connection);
    numbers.put(connection, number);
    String remote = connection.other(this).host.address;
    step(new Input.LinkOpened(world.now(), number, target != null, remote, target));
  }

  @Override
  void closed(Connection connection, int code, String reason) {
    Long number = numbers.remove(connection);
    if (number != null) {
      links.remove(number);
      step(new Input.LinkClosed(world.now(), number, code, reason));
    }
  }

  @Override
  void frame(Connection connection, Message message) {
    Long number = numbers.get(connection);
    if (number == null) {
      return;
    }
    long now = world.now();
    switch (message) {
      case Message.Register(Registration who, String messageId) ->
          step(new Input.LinkRegistered(now, number, who, messageId));
      case Message.Welcome(Registration who) ->
          step(new Input.LinkRegistered(now, number, who, null));
      case Message.Ping ping -> connection.send(this, new Message.Pong(ping.sentAt()));
      case Message.Pong pong -> step(new Input.LinkPong(now, number, now - pong.sentAt()));
      case Message.Heartbeat heartbeat -> step(new Input.LinkHeard(now, number, heartbeat.info()));
      case Message.Ask ask -> {
        step(new Input.LinkHeard(now, number, null));
        connection.send(this, new Message.Machines(known()));
      }
      case Message.Machines machines -> {
        step(new Input.LinkHeard(now, number, null));
        machines.endpoints().forEach(endpoint -> contact(endpoint, Input.Origin.PEER));
      }
      case Message.Rumors rumors -> {
        introduced(rumors.rumors());
        step(new Input.RumorsHeard(now, number, rumors.rumors()));
      }
      case Message.Digest digest -> step(new Input.DigestHeard(now, number, digest.buckets()));
      case Message.Lines lines -> {
        introduced(lines.lines());
        step(new Input.LinesHeard(now, number, lines.lines(), lines.buckets(), lines.reply()));
      }
      case Message.Goodbye goodbye -> step(new Input.LinkGoodbye(now, number));
      case Message.End end -> throw new IllegalStateException("an end is no frame");
    }
  }

  /** A datagram of the failure detector came. */
  @Override
  void probed(ProbeMessage message, Endpoint source) {
    introduced(message.rumors());
    step(new Input.ProbeHeard(world.now(), message, source));
  }

  private void introduced(List<Rumor> rumors) {
    for (Rumor rumor : rumors) {
      Rumor.Introduction introduction = rumor.introduction();
      if (introduction != null) {
        watch.mayDial(introduction.endpoint());
      }
    }
  }

  private List<Endpoint> known() {
    return table().members().stream()
        .filter(member -> member.link() != null)
        .map(Member::endpoint)
        .toList();
  }

  /** The row that this node's table has of {@code other}; null when it has none. */
  @Nullable Member find(Node other) {
    return core.snapshot().members().stream()
        .filter(member -> other.instance.equals(member.instance()))
        .findFirst()
        .orElse(null);
  }

  /** The row that this node's table has of {@code other}. */
  Member row(Node other) {
    return Objects.requireNonNull(find(other));
  }

  /** As what this node sees {@code other}; null when it has no row of it. */
  @Nullable MemberState state(Node other) {
    Member row = find(other);
    return row == null ? null : row.state();
  }

  /** Whether nothing has been wrong with its machine for {@code nanos}. */
  boolean well(long nanos) {
    return world.now() - host.troubledAt > nanos;
  }

  /** The number of the link that this node keeps with {@code other}. */
  long link(Node other) {
    return Objects.requireNonNull(row(other).link()).number();
  }

  /** The events of a kind that this node told. */
  <T extends ClusterEvent> List<T> told(Class<T> kind) {
    return watch.told.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The connection behind the link that the core keeps for {@code member}. */
  @Nullable Connection connection(Member member) {
    Member.Link link = member.link();
    return link == null ? null : links.get(link.number());
  }

  void step(Input input) {
    List<Effect> effects;
    try {
      effects = core.step(input);
    } catch (RuntimeException e) {
      Broken broken = world.broken("%s fails: %s", this, e);
      broken.initCause(e);
      throw broken;
    }
    watch.stepped(input, effects);
    effects.forEach(this::carryOut);
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.Dial dial -> dial(dial.target());
      case Effect.Register register ->
          send(register.link(), new Message.Register(registration(), "m" + register.link()));
      case Effect.Welcome welcome -> send(welcome.link(), new Message.Welcome(registration()));
      case Effect.Ping ping -> send(ping.link(), new Message.Ping(world.now()));
      case Effect.SendProbe probe ->
          world.network.probe(
              host, probe.target(), new Endpoint(host.address, probePort), probe.message());
      case Effect.TellRumors tell -> send(tell.link(), new Message.Rumors(tell.rumors()));
      case Effect.TellDigest tell -> send(tell.link(), new Message.Digest(tell.buckets()));
      case Effect.TellLines tell ->
          send(tell.link(), new Message.Lines(tell.lines(), tell.buckets(), tell.reply()));
      case Effect.Heartbeat heartbeat ->
          send(heartbeat.link(), new Message.Heartbeat(self().info()));
      case Effect.Goodbye goodbye -> {
        send(goodbye.link(), new Message.Goodbye());
        close(goodbye.link(), 1000, "goodbye");
      }
      case Effect.CloseLink close -> close(close.link(), close.code(), close.reason());
      case Effect.Check check ->
          world.network.connect(
              this,
              check.target(),
              outcome -> step(new Input.Checked(world.now(), check.key(), reach(outcome))));
      case Effect.AskMachines ask -> send(ask.link(), new Message.Ask());
      case Effect.Publish publish -> {}
    }
  }

  private void dial(Endpoint target) {
    long at = world.now();
    world.network.dial(
        this,
        target,
        (connection, outcome) -> {
          if (connection != null) {
            open(connection, target);
            return;
          }
          FailureCode code =
              outcome == Network.Outcome.REFUSED ? FailureCode.REFUSED : FailureCode.TIMEOUT;
          long millis = (world.now() - at) / World.MILLI;
          step(new Input.DialFailed(world.now(), target, code, outcome.toString(), millis));
        });
  }

  private static Input.Reach reach(Network.Outcome outcome) {
    return switch (outcome) {
      case OPEN -> Input.Reach.LISTENING;
      case REFUSED -> Input.Reach.REFUSED;
      case SILENT -> Input.Reach.SILENT;
    };
  }

  Registration registration() {
    Self self = self();
    return new Registration(
        id,
        instance,
        incarnation(),
        cluster,
        port,
        Settings.PROTOCOL_MINIMUM,
        Settings.PROTOCOL_MAXIMUM,
        self.probe(),
        self.info());
  }

  private void send(long link, Message message) {
    Connection connection = links.get(link);
    if (connection != null) {
      connection.send(this, message);
    }
  }

  private void close(long link, int code, String reason) {
    Connection connection = links.get(link);
    if (connection == null) {
      throw world.broken("%s closes a link that is not open", this);
    }
    connection.close(this, code, reason);
  }
}

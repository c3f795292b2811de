package dev.caelum.node;

import dev.caelum.beacon.BeaconPortInUse;
import dev.caelum.beacon.BeaconSockets;
import dev.caelum.beacon.DatagramIntake;
import dev.caelum.beacon.SourceStanding;
import dev.caelum.cli.Caelum;
import dev.caelum.cli.StartFailed;
import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.Membership;
import dev.caelum.cluster.ProbeAddress;
import dev.caelum.cluster.Self;
import dev.caelum.cluster.Settings;
import dev.caelum.config.NodeConfig;
import dev.caelum.demo.Demo;
import dev.caelum.discovery.BeaconDiscovery;
import dev.caelum.discovery.DialPolicy;
import dev.caelum.discovery.DiscoveryRunner;
import dev.caelum.discovery.KnownMachines;
import dev.caelum.discovery.SubnetScan;
import dev.caelum.feed.DiscoveryRun;
import dev.caelum.feed.Feed;
import dev.caelum.feed.FeedEvent;
import dev.caelum.feed.FeedState;
import dev.caelum.feed.NodeStatus;
import dev.caelum.host.Container;
import dev.caelum.host.DataFolder;
import dev.caelum.host.Descriptors;
import dev.caelum.host.HeapRoom;
import dev.caelum.host.HostNames;
import dev.caelum.host.Identity;
import dev.caelum.host.MachineReader;
import dev.caelum.http.AccessRules;
import dev.caelum.http.HttpApi;
import dev.caelum.http.ListenerLimits;
import dev.caelum.http.Observation;
import dev.caelum.link.Dialer;
import dev.caelum.link.HandshakeRules;
import dev.caelum.link.LinkLimits;
import dev.caelum.link.LinkRoute;
import dev.caelum.link.Links;
import dev.caelum.link.ReachabilityCheck;
import dev.caelum.wire.ProbeCodec;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** One running node: wires the rooms, starts them in order and stops them in reverse. */
final class NodeApplication implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(NodeApplication.class.getName());

  /** Where old nodes send their second kind of beacon. */
  private static final List<Integer> OLD_BEACON_PORTS = List.of(8_081, 8_083, 8_084, 8_085);

  private static final RandomGenerator COOKIES = new SecureRandom();
  private static final long GOODBYE_MILLIS = 750;
  private static final int BYTES_PER_CONNECTION = 32 << 10;

  /** The same machines in every demo. */
  private static final long DEMO_SEED = 1;

  private final NodeConfig config;
  private final DataFolder folder;
  private final int port;
  private final SelfState self;
  private final Feed feed;
  private final ClusterNode node;
  private final WorkTraffic work;
  private final TaskParts tasks;
  private final WorkerParts worker;
  private final ServiceParts services;
  private final HistoryParts history;
  private final NoticeParts notices;
  private final LinkTraffic traffic;
  private final ConfiguredMachines known;
  private final Links links;
  private final Dialer dialer;
  private final BeaconDiscovery beacons;
  private final BeaconSockets sockets;
  private final DiscoveryRunner discovery;
  private final MachineMemory memory;
  private final NodeFacade facade;
  private final StatusReader statusReader;
  private final NodeMeters meters;
  private final HttpApi api;
  private final ClusterPort clusterPort;
  private final Optional<Demo> demo;
  private final ScheduledExecutorService timer;
  private final NodeTimers timers;
  private boolean begun;
  private boolean closed;

  /**
   * Starts a node.
   *
   * @param settings where {@code config} comes from, and what is changed goes to
   * @param dashboardPort where the dashboard of this process listens, if it has one
   * @param again puts another node, with what the data folder then holds, in the place of this one
   * @throws StartFailed when a port is taken or the data folder cannot be used; one line a reason
   */
  static NodeApplication start(
      NodeConfig config, NodeSettings settings, OptionalInt dashboardPort, Runnable again)
      throws StartFailed {
    DataFolder folder;
    try {
      folder = DataFolder.open(config.data());
    } catch (IOException e) {
      throw new StartFailed(String.valueOf(e.getMessage()), e);
    }
    try {
      NodeApplication application =
          new NodeApplication(config, folder, settings, dashboardPort, again);
      application.begin();
      return application;
    } catch (IOException e) {
      release(folder);
      throw new StartFailed("The node could not start: " + e.getMessage(), e);
    } catch (StartFailed | RuntimeException e) {
      release(folder);
      throw e;
    }
  }

  private NodeApplication(
      NodeConfig config,
      DataFolder folder,
      NodeSettings settings,
      OptionalInt dashboardPort,
      Runnable again)
      throws IOException {
    this.config = config;
    this.folder = folder;
    PrimaryAddress primary = new PrimaryAddress(config);
    String hostname = HostNames.own();
    Identity identity = Identity.load(folder, config.clusterName(), hostname, primary.get());
    identity.notes().forEach(LOG::warning);
    String version = Caelum.version();
    MachineReader machine =
        new MachineReader(identity, hostname, version, config.data(), Clock.systemUTC());
    MachineInfo facts = machine.quick(primary.get());
    this.port = config.port() == 0 ? ClusterPort.free() : config.port();
    int dialledAt = config.advertise().map(NodeConfig.HostPort::port).orElse(port);
    this.self =
        new SelfState(
            new Self(
                identity.machineId(),
                identity.instance(),
                identity.clusterNameExplicit() ? identity.clusterName() : null,
                new Endpoint(facts.primaryIp(), dialledAt),
                new ProbeAddress(
                    config.beaconPort(), COOKIES.nextLong(1, ProbeAddress.COOKIE_LIMIT)),
                facts));
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("timer").daemon(true).factory());
    this.feed = new Feed(identity.instance(), this::feedState);
    EventTeller teller = new EventTeller(feed, this::table);
    this.memory = new MachineMemory(folder);
    this.known = new ConfiguredMachines(config.known(), this::table, this::post);
    this.work = new WorkTraffic(link -> traffic().session(link));
    this.services =
        new ServiceParts(
            config.mcp(), port, folder, link -> traffic().session(link), feed::publish);
    this.worker =
        new WorkerParts(
            config.tasks(),
            folder.path(),
            self::self,
            work,
            services.local(),
            link -> traffic().session(link));
    MemberFrames members = new MemberFrames(work, services.traffic());
    this.traffic =
        new LinkTraffic(
            self::self, new PeerAnswers(self::self, this::table), members, worker, this::post);
    LinkSpeaker speaker = new LinkSpeaker(traffic, self::self, self::incarnation, this::post);
    this.links = new Links(traffic, LinkLimits.DEFAULT.withConnections(mostConnections()));
    this.beacons = new BeaconDiscovery(self, this::post, timer, this::sockets, this::sendFailed);
    DialPolicy policy =
        new DialPolicy(() -> sockets().attached(), address -> sockets().isOwn(address));
    ProbeTraffic probes =
        new ProbeTraffic(
            (bytes, target) -> sockets().sendTo(bytes, target), policy, this::post, beacons);
    DatagramIntake intake =
        new DatagramIntake(probes, ProbeCodec::matches, this::standing, System::nanoTime);
    this.sockets =
        new BeaconSockets(config.beaconPort(), config.interfaces(), OLD_BEACON_PORTS, intake);
    this.dialer = new Dialer(links, policy::never);
    Membership membership =
        new Membership(
            self.self(), Settings.defaults(), RandomGenerator.getDefault(), System.nanoTime());
    EffectRunner effects =
        new EffectRunner(
            policy, dialer, new ReachabilityCheck(), speaker, probes, teller, this::post);
    this.node = new ClusterNode(membership, effects, this::tick);
    self.table(node::snapshot);
    this.discovery =
        new DiscoveryRunner(
            List.of(
                beacons,
                new KnownMachines(known::unlinked),
                new SubnetScan(sockets::attached, sockets::isOwn, NodeConfig.DEFAULT_PORT)),
            // An address that others are told is not this node's own, as a rule.
            new NodeSurroundings(
                sockets,
                beacons,
                node::snapshot,
                Container.here() || config.advertise().isPresent()),
            this::post,
            this::progress);
    OperatorConnects connects =
        new OperatorConnects(node::snapshot, sockets::isOwn, () -> port, this::post);
    this.facade =
        new NodeFacade(
            node::snapshot,
            this::status,
            discovery,
            connects,
            speaker,
            teller.journal(),
            new IdentityRenewal(folder, identity, again),
            new OperatorDesk(new MachineNotes(folder), memory, new MachineTest(), this::post));
    this.statusReader =
        new StatusReader(
            self::self,
            identity.clusterNameExplicit(),
            version,
            this::sockets,
            beacons,
            node::snapshot,
            this::serverUp,
            known::note,
            teller.network()::own,
            this::notesOfTasks);
    teller.listen(work::saw);
    teller.listen(services::saw);
    teller.listen(members::saw);
    teller.listen(worker::saw);
    teller.listen(facade::saw);
    teller.listen(known::saw);
    AccessRules access =
        new AccessRules(() -> OwnNames.of(config, self.self()), sockets::ownAddresses);
    Observation observation = Observation.of(this::status);
    this.meters = new NodeMeters(observation.metrics(), sockets, intake);
    meters.register(beacons, links, effects, traffic, node, discovery, teller);
    meters.membership(probes, speaker, traffic);
    this.tasks =
        new TaskParts(
            identity.machineId().value(), config.tasks(), folder.path(), this::table, work, feed);
    tasks.register(observation.metrics(), worker.desk().worker());
    this.history = new HistoryParts(config, dashboardPort, feed, this::table, tasks);
    this.notices =
        new NoticeParts(self.self(), version, config.webhook(), feed, this::table, services);
    notices.register(observation.metrics());
    settings.serve(folder, this::use);
    this.api =
        new HttpApi(
            facade,
            tasks.service(),
            tasks.analyses(),
            worker.desk(),
            services,
            history::history,
            settings,
            notices,
            feed,
            access,
            dashboardPort);
    this.clusterPort =
        new ClusterPort(() -> server(access, observation, port), config.host(), port);
    this.demo =
        config.demo() > 0
            ? Optional.of(new Demo(port, config.beaconPort(), config.demo(), version, DEMO_SEED))
            : Optional.empty();
    this.timers =
        new NodeTimers(
            timer,
            sockets,
            beacons,
            traffic,
            () -> machine.read(primary.get()),
            self,
            node,
            feed,
            teller,
            memory,
            known,
            meters,
            this::status,
            this::post,
            worker::slept,
            clusterPort::mend);
  }

  /**
   * How many callers this process has room for: a third of what it may open, since links that it
   * opens itself, and files, take the rest; and of its heap.
   */
  private static int mostConnections() {
    return Math.min(HeapRoom.of(BYTES_PER_CONNECTION, 64), Descriptors.free() / 3);
  }

  private WebServer server(AccessRules access, Observation observation, int port) {
    WebServerConfig.Builder builder =
        WebServer.builder()
            .host(config.host())
            .port(port)
            .shutdownHook(false)
            .addFeature(observation.feature())
            .routing(api::register);
    ListenerLimits.apply(builder, links.limits().acceptedConnections());
    new LinkRoute(links, new HandshakeRules(access::ownHost, access::ownOrigin, sockets::isOwn))
        .addTo(builder, api::registerLive);
    return builder.build();
  }

  private void begin() throws StartFailed {
    try {
      feed.start();
      node.start();
      worker.start();
      tasks.start(table().self().key(), worker);
      services.start();
      api.start();
      FutureTask<Boolean> bound = new FutureTask<>(this::bindBeacons);
      Thread.ofVirtual().name("bind beacons").start(bound);
      clusterPort.open();
      known.contact();
      if (demo.isEmpty()) {
        memory.load(System.nanoTime()).forEach(this::post);
      }
      startBeacons(bound);
      history.start();
      notices.start();
      timers.start();
      demo.ifPresent(Demo::start);
      begun = true;
      NodeStatus now = status();
      LOG.info(
          "Caelum %s is ready: %s in cluster %s, links and API on TCP %s, beacons on UDP %s"
              .formatted(
                  now.version(), now.machineId(), now.clusterName(), port(), config.beaconPort()));
    } catch (StartFailed | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Beside the opening of the cluster port, since each takes its time. */
  private boolean bindBeacons() throws IOException {
    sockets.start();
    return true;
  }

  /** Announces only now that peers can dial. */
  private void startBeacons(FutureTask<Boolean> bound) throws StartFailed {
    try {
      bound.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailed("The start was interrupted.", e);
    } catch (ExecutionException e) {
      Throwable why = e.getCause();
      throw new StartFailed(
          why instanceof BeaconPortInUse
              ? String.valueOf(why.getMessage())
              : "Beacons cannot be received: " + why,
          why);
    }
    meters.interfaces();
    timers.tellSelf();
    beacons.start();
  }

  /** Every machine that this node knows now. */
  ClusterSnapshot table() {
    return node.snapshot();
  }

  /** What peers said, and what of it was refused. */
  LinkTraffic traffic() {
    return traffic;
  }

  /** Takes what of changed settings takes effect at once. */
  private void use(NodeConfig changed) {
    known.use(changed.known());
    history.use(changed);
    notices.use(changed.webhook());
  }

  private void tick() {
    traffic.tick(System.nanoTime());
    worker.tick();
  }

  private BeaconSockets sockets() {
    return sockets;
  }

  private void post(Input input) {
    facade.heard(input);
    node.post(input);
  }

  private FeedState feedState() {
    return new FeedState(status(), node.snapshot(), discovery.current());
  }

  private List<NodeStatus.Note> notesOfTasks() {
    return Stream.of(
            demoNote(),
            tasks.notes().stream(),
            worker.note().stream(),
            services.notes(),
            history.notes(),
            notices.notes(),
            ConnectionNotes.of(links, clusterPort))
        .flatMap(notes -> notes)
        .toList();
  }

  private Stream<NodeStatus.Note> demoNote() {
    return config.demo() == 0 ? Stream.empty() : Stream.of(NodeStatus.Note.demo(config.demo()));
  }

  private void progress(DiscoveryRun run) {
    feed.publish(new FeedEvent.DiscoveryChanged(run));
    demo.ifPresent(played -> played.asked(run.run()));
  }

  private boolean serverUp() {
    return clusterPort.up();
  }

  private void sendFailed() {
    timers.lookSoon();
  }

  private SourceStanding standing(InetAddress source) {
    if (sockets.isOwn(source)) {
      return SourceStanding.OWN;
    }
    return timers.memberAddresses().contains(source)
        ? SourceStanding.MEMBER
        : SourceStanding.STRANGER;
  }

  /** How this node is now. */
  NodeStatus status() {
    return statusReader.read(
        config.host() + ":" + port(), config.host() + ":" + config.beaconPort() + " (UDP)");
  }

  /** The TCP port of links and API. */
  int port() {
    return port;
  }

  /** Says goodbye to all peers, then stops all in reverse order within 1.5 s, whatever fails. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    stop(() -> demo.ifPresent(Demo::close));
    stop(beacons::stop);
    stop(discovery::close);
    if (begun) {
      // Before that the memory of earlier runs may not have reached the table yet.
      stop(() -> memory.save(node.snapshot()));
      stop(() -> node.post(new Input.Stop(System.nanoTime())));
      stop(() -> traffic.awaitEmpty(GOODBYE_MILLIS));
    }
    stop(meters::close);
    stop(api::close);
    stop(services::close);
    stop(notices::close);
    stop(history::close);
    stop(tasks::close);
    stop(worker::close);
    stop(feed::close);
    stop(clusterPort::close);
    stop(sockets::close);
    stop(node::close);
    stop(dialer::close);
    stop(links::close);
    stop(timer::shutdownNow);
    release(folder);
  }

  private static void stop(Runnable part) {
    try {
      part.run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "A part of the node could not be stopped", e);
    }
  }

  private static void release(DataFolder folder) {
    try {
      folder.close();
    } catch (IOException e) {
      LOG.warning("The data folder could not be released: " + e.getMessage());
    }
  }
}

package dev.caelum.node;

import dev.caelum.beacon.BeaconSockets;
import dev.caelum.cli.StartFailed;
import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.Membership;
import dev.caelum.cluster.Settings;
import dev.caelum.config.NodeConfig;
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
import dev.caelum.host.Identity;
import dev.caelum.http.AccessRules;
import dev.caelum.http.HttpApi;
import dev.caelum.http.Observation;
import dev.caelum.link.Dialer;
import dev.caelum.link.Links;
import dev.caelum.link.ReachabilityCheck;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** One running node: wires the rooms, starts them in order and stops them in reverse. */
final class NodeApplication implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(NodeApplication.class.getName());

  private static final long GOODBYE_MILLIS = 750;

  private final NodeConfig config;
  private final OwnMachine own;
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
  private final BeaconParts datagrams;
  private final DiscoveryRunner discovery;
  private final MachineMemory memory;
  private final NodeFacade facade;
  private final StatusReader statusReader;
  private final NodeMeters meters;
  private final HttpApi api;
  private final ClusterPort clusterPort;
  private final DemoPart demo;
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
    OwnMachine own = OwnMachine.open(config);
    try {
      NodeApplication application =
          new NodeApplication(config, own, settings, dashboardPort, again);
      application.begin();
      return application;
    } catch (IOException e) {
      own.close();
      throw new StartFailed("The node could not start: " + e.getMessage(), e);
    } catch (StartFailed | RuntimeException e) {
      own.close();
      throw e;
    }
  }

  private NodeApplication(
      NodeConfig config,
      OwnMachine own,
      NodeSettings settings,
      OptionalInt dashboardPort,
      Runnable again)
      throws IOException {
    this.config = config;
    this.own = own;
    this.self = own.self();
    Identity identity = own.identity();
    DataFolder folder = own.folder();
    int port = own.port();
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
    this.links = new Links(traffic, ClusterServer.limits());
    this.datagrams =
        new BeaconParts(
            config,
            self,
            timer,
            this::post,
            () -> timers().memberAddresses(),
            () -> timers().lookSoon());
    BeaconDiscovery beacons = datagrams.beacons();
    BeaconSockets sockets = datagrams.sockets();
    DialPolicy policy = datagrams.policy();
    ProbeTraffic probes = datagrams.probes();
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
        new OperatorConnects(node::snapshot, sockets::isOwn, own::port, this::post);
    this.facade =
        new NodeFacade(
            node::snapshot,
            this::status,
            discovery,
            connects,
            speaker,
            traffic::session,
            teller.journal(),
            new IdentityRenewal(folder, identity, again),
            new OperatorDesk(new MachineNotes(folder), memory, new MachineTest(), this::post));
    this.statusReader =
        new StatusReader(
            self::self,
            identity.clusterNameExplicit(),
            own.version(),
            () -> sockets,
            beacons,
            node::snapshot,
            () -> clusterPort().up(),
            known::note,
            teller.network()::own,
            this::notes);
    teller.listen(work::saw);
    teller.listen(services::saw);
    teller.listen(members::saw);
    teller.listen(worker::saw);
    teller.listen(facade::saw);
    teller.listen(known::saw);
    AccessRules access =
        new AccessRules(() -> OwnNames.of(config, self.self()), sockets::ownAddresses);
    Observation observation = Observation.of(this::status);
    this.meters = new NodeMeters(observation.metrics(), sockets, datagrams.intake());
    meters.register(beacons, links, effects, traffic, node, discovery, teller);
    meters.membership(probes, speaker, traffic);
    this.tasks =
        new TaskParts(
            identity.machineId().value(), config.tasks(), folder.path(), this::table, work, feed);
    tasks.register(observation.metrics(), worker.desk().worker());
    this.history =
        new HistoryParts(config, dashboardPort, feed, this::table, tasks, traffic::session);
    this.notices =
        new NoticeParts(self.self(), own.version(), config.webhook(), feed, this::table, services);
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
    ClusterServer server =
        new ClusterServer(config, api, observation, links, access, sockets::isOwn);
    this.clusterPort = new ClusterPort(() -> server.make(port), config.host(), port);
    this.demo = new DemoPart(config, own);
    this.timers =
        new NodeTimers(
            timer,
            sockets,
            beacons,
            traffic,
            own::read,
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

  private void begin() throws StartFailed {
    try {
      feed.start();
      node.start();
      worker.start();
      tasks.start(table().self().key(), worker);
      services.start();
      api.start();
      datagrams.open();
      clusterPort.open();
      known.contact();
      if (!demo.on()) {
        memory.load(System.nanoTime()).forEach(this::post);
      }
      datagrams.awaitOpen();
      // Announces only now that peers can dial.
      meters.interfaces();
      timers.tellSelf();
      datagrams.beacons().start();
      history.start();
      notices.start();
      timers.start();
      demo.start();
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

  private void post(Input input) {
    facade.heard(input);
    node.post(input);
  }

  private FeedState feedState() {
    return new FeedState(status(), node.snapshot(), discovery.current());
  }

  private List<NodeStatus.Note> notes() {
    return Stream.of(
            demo.notes(),
            tasks.notes().stream(),
            worker.note().stream(),
            services.notes(),
            history.notes(),
            notices.notes(),
            ConnectionNotes.of(links, clusterPort))
        .flatMap(notes -> notes)
        .toList();
  }

  private void progress(DiscoveryRun run) {
    feed.publish(new FeedEvent.DiscoveryChanged(run));
    demo.asked(run.run());
  }

  private ClusterPort clusterPort() {
    return clusterPort;
  }

  private NodeTimers timers() {
    return timers;
  }

  /** How this node is now. */
  NodeStatus status() {
    return statusReader.read(
        config.host() + ":" + port(), config.host() + ":" + config.beaconPort() + " (UDP)");
  }

  /** The TCP port of links and API. */
  int port() {
    return own.port();
  }

  /** Says goodbye to all peers, then stops all in reverse order within 1.5 s, whatever fails. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    stop(demo::close);
    stop(datagrams.beacons()::stop);
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
    stop(datagrams.sockets()::close);
    stop(node::close);
    stop(dialer::close);
    stop(links::close);
    stop(timer::shutdownNow);
    stop(own::close);
  }

  private static void stop(Runnable part) {
    try {
      part.run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "A part of the node could not be stopped", e);
    }
  }
}

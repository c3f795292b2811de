package dev.caelum.cluster;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Who is in the cluster, decided step by step: inputs in, effects out. Deterministic: time comes
 * with each input, randomness is injected, nothing is sent from here. Not thread-safe; one thread
 * steps it.
 *
 * <p>A beacon is a hint: it may cause a dial or a refresh, never make a member. Who a node is, is
 * settled by its registration on a link. A lost link makes its member suspect at once and checked;
 * a refused check proves that the process is gone, silence has to last.
 *
 * <p>The rules live in one class a subject; they share one {@link Table} and build on each other in
 * this order: {@link StateRules}, {@link DialRules}, {@link BeaconRules} and {@link LinkRules},
 * {@link RegistrationRules}.
 */
public final class Membership {
  /** Ticks come every 100 ms; after a longer gap than this the process had been asleep. */
  private static final long AWAY_NANOS = Duration.ofMillis(500).toNanos();

  /** What is measured in seconds on a link needs no closer look. */
  private static final long LINK_TICK_NANOS = Duration.ofMillis(500).toNanos();

  private final Table table;
  private final StateRules states;
  private final DialRules dials;
  private final BeaconRules beacons;
  private final LinkRules links;
  private final RegistrationRules registrations;
  private final RumorRules rumors;
  private final ProbeRules probes;
  private final SyncRules sync;
  private final TopologyRules topology;
  private long nextLinkTickAt;

  /** Starts with this node as the only row. */
  public Membership(Self self, Settings settings, RandomGenerator random, long at) {
    table = new Table(self, settings, new DialPlan(random, at), random, at);
    states = new StateRules(table);
    dials = new DialRules(table, states);
    beacons = new BeaconRules(table, states, dials);
    links = new LinkRules(table, states, dials);
    registrations = new RegistrationRules(table, states, links);
    rumors = new RumorRules(table, states, dials);
    probes = new ProbeRules(table, states, dials, random);
    sync = new SyncRules(table, rumors, random);
    topology = new TopologyRules(table, dials);
  }

  /** Takes one input and says what is to be done. Time never runs backwards. */
  public List<Effect> step(Input input) {
    long gap = input.at() - table.now;
    table.now = Math.max(table.now, input.at());
    if (gap > AWAY_NANOS) {
      awake(gap);
    }
    switch (input) {
      case Input.Tick tick -> tick();
      case Input.BeaconHeard heard -> beacons.heard(heard);
      case Input.LinkOpened opened -> links.opened(opened);
      case Input.LinkRegistered registered -> registrations.registered(registered);
      case Input.LinkHeard heard -> links.heard(heard);
      case Input.LinkPong pong -> links.pong(pong);
      case Input.RumorsHeard heard ->
          overOwnLink(heard.link(), link -> rumors.heard(heard.rumors(), link));
      case Input.DigestHeard heard ->
          overOwnLink(heard.link(), link -> sync.digestHeard(heard, link));
      case Input.LinesHeard heard ->
          overOwnLink(heard.link(), link -> sync.linesHeard(heard, link));
      case Input.ProbeHeard heard -> {
        if (probes.heard(heard)) {
          rumors.heard(heard.message().rumors(), null);
        }
      }
      case Input.LinkGoodbye goodbye -> links.goodbye(goodbye);
      case Input.LinkClosed closed -> links.closed(closed);
      case Input.DialFailed failed -> dials.failed(failed);
      case Input.Checked checked -> states.checked(checked);
      case Input.Contact contact -> dials.contact(contact);
      case Input.Remembered remembered -> dials.remembered(remembered);
      case Input.Disconnect wish -> links.disconnect(wish);
      case Input.Forget wish -> states.forget(wish);
      case Input.Noted noted -> noted(noted);
      case Input.SelfChanged changed -> selfChanged(changed);
      case Input.Stop stop -> links.stop();
    }
    sync.linked();
    probes.verify();
    probes.tellAccused();
    dials.due();
    return table.finish();
  }

  /** What came over a registered link of one of our own nodes counts, and proves its life. */
  private void overOwnLink(long number, Consumer<LinkEntry> then) {
    LinkEntry link = table.links.get(number);
    Row row = link == null ? null : link.row;
    if (link != null && row != null && !row.legacy && !link.closing) {
      table.heard(link);
      states.evidence(row);
      then.accept(link);
    }
  }

  /** The whole table now. */
  public ClusterSnapshot snapshot() {
    return table.snapshot();
  }

  /** Rises with every change that was published. */
  public long revision() {
    return table.revision();
  }

  private void tick() {
    if (table.now - nextLinkTickAt >= 0) {
      nextLinkTickAt = table.now + LINK_TICK_NANOS;
      table.links.values().forEach(links::tick);
      topology.tick();
    }
    topology.repair();
    for (Row row : List.copyOf(table.unsettled)) {
      states.tick(row);
    }
    probes.tick();
    sync.tick();
  }

  /** This process did not run for a while: what it missed is no evidence against anyone. */
  private void awake(long gap) {
    table.awokeAt = table.now;
    links.awake(gap);
    probes.awake();
    for (Row row : table.rows.all()) {
      row.lastBeaconAt += gap;
      if (row.state == MemberState.SUSPECT) {
        row.stateSince += gap;
        Suspicion doubt = row.doubt();
        if (doubt != null) {
          // Its answer may be among what has waited.
          doubt.again(table.now);
        }
      }
    }
  }

  private void noted(Input.Noted noted) {
    table.rows.withId(noted.id()).forEach(Row::changed);
    if (table.self.id().equals(noted.id())) {
      table.selfRow.changed();
    }
  }

  private void selfChanged(Input.SelfChanged changed) {
    Self was = table.self;
    table.self =
        new Self(
            was.id(),
            was.instance(),
            was.cluster(),
            changed.endpoint(),
            new ProbeAddress(changed.probePort(), was.probe().cookie()),
            changed.info());
    table.selfRow.endpoint = changed.endpoint();
    table.selfRow.probe = table.self.probe();
    table.selfRow.take(changed.info());
    boolean moved =
        !was.endpoint().equals(changed.endpoint()) || was.probe().port() != changed.probePort();
    if (moved) {
      table.selfRow.incarnation++;
      table.gossip.found(table.selfRow);
    }
  }
}

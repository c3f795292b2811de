package dev.caelum.cluster;

import dev.caelum.cluster.DialPlan.Target;
import dev.caelum.cluster.Input.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Who is in the cluster, decided step by step: inputs in, effects out. Deterministic: time comes
 * with each input, randomness is injected, nothing is sent from here. Not thread-safe; one thread
 * steps it.
 *
 * <p>A beacon is a hint: it may cause a dial or a refresh, never make a member. Who a node is, is
 * settled by its registration on a link. A lost link makes its member suspect at once and checked;
 * a refused check proves that the process is gone, silence has to last.
 */
public final class Membership {
  private static final long AWAY_NANOS = 3_000_000_000L;

  private final Settings settings;
  private final RowTable rows;
  private final DialPlan dials;
  private final Map<Long, LinkEntry> links = new LinkedHashMap<>();
  private final Row selfRow;
  private Self self;
  private List<Effect> out = new ArrayList<>();
  private long now;
  private long lastTickAt;
  private long revision;
  private boolean stopping;

  /** Starts with this node as the only row. */
  public Membership(Self self, Settings settings, RandomGenerator random, long at) {
    this.self = self;
    this.settings = settings;
    this.rows = new RowTable(settings.memberLimit() + 1, settings.heardLimit());
    this.dials = new DialPlan(random, at);
    this.now = at;
    this.lastTickAt = at;
    this.selfRow =
        new Row(Row.key(self.id(), self.endpoint()), self.id(), false, self.endpoint(), at);
    selfRow.instance = self.instance();
    selfRow.to(MemberState.ALIVE, at);
    selfRow.take(self.info());
  }

  /** Takes one input and says what is to be done. Time never runs backwards. */
  public List<Effect> step(Input input) {
    now = Math.max(now, input.at());
    switch (input) {
      case Input.Tick tick -> tick();
      case Input.BeaconHeard heard -> beacon(heard);
      case Input.LinkOpened opened -> opened(opened);
      case Input.LinkRegistered registered -> registered(registered);
      case Input.LinkHeard heard -> heard(heard);
      case Input.LinkPong pong -> pong(pong);
      case Input.LinkGoodbye goodbye -> goodbye(goodbye);
      case Input.LinkClosed closed -> closed(closed);
      case Input.DialFailed failed -> dialFailed(failed);
      case Input.Checked checked -> checked(checked);
      case Input.Contact contact -> contact(contact);
      case Input.Remembered remembered -> remembered(remembered);
      case Input.SelfChanged changed -> selfChanged(changed);
      case Input.Stop stop -> stop();
    }
    dialDue();
    publishChanges();
    List<Effect> effects = out;
    out = new ArrayList<>();
    return effects;
  }

  /** The whole table now. */
  public ClusterSnapshot snapshot() {
    List<Member> members = new ArrayList<>(rows.all().size() + 1);
    rows.all().stream()
        .map(row -> row.view(false))
        .sorted(Comparator.comparing(Member::key))
        .forEach(members::add);
    members.addFirst(selfRow.view(true));
    return new ClusterSnapshot(revision, now, members);
  }

  /** Rises with every change that was published. */
  public long revision() {
    return revision;
  }

  // ---- beacons ----

  private void beacon(Input.BeaconHeard heard) {
    Announcement from = heard.from();
    InstanceId instance = from.instance();
    if (self.instance().equals(instance)) {
      return;
    }
    Row row =
        instance == null
            ? rows.legacy(from.id(), heard.endpoint().host())
            : rows.own(from.id(), instance);
    boolean fresh = row == null;
    if (row == null) {
      row =
          new Row(
              Row.key(from.id(), heard.endpoint()),
              from.id(),
              instance == null,
              heard.endpoint(),
              now);
      if (rows.get(row.key) != null) {
        return;
      }
      row.instance = instance;
      Row evicted = rows.addHeard(row);
      if (evicted != null) {
        removed(evicted);
      }
    } else if (instance != null && !instance.equals(row.instance)) {
      otherInstance(row, heard, instance);
      return;
    } else if (instance != null && from.sequence() <= row.lastSequence) {
      row.heardAt(heard.endpoint(), now);
      return;
    }
    boolean back = row.state == MemberState.DEAD || row.state == MemberState.LEFT;
    if (row.state == MemberState.LEFT && instance != null && instance.equals(row.instance)) {
      return;
    }
    refresh(row, heard);
    if (fresh || back) {
      row.to(MemberState.HEARD, now);
      rows.markDuplicates(row.id);
      tell(new ClusterEvent.Discovered(row.view(false)));
      if (row.foreign) {
        tell(new ClusterEvent.ForeignSeen(row.view(false)));
      }
      duplicateCheck(row);
    }
    if (row.link == null) {
      dialOnHint(row, heard.endpoint(), fresh || back);
    } else if (quiet(row.link) && !heard.endpoint().equals(row.endpoint)) {
      dialOnHint(row, heard.endpoint(), true);
    }
  }

  /**
   * A beacon under a known id with an instance that the row does not have: a restart or a clone.
   */
  private void otherInstance(Row row, Input.BeaconHeard heard, InstanceId instance) {
    boolean gone = row.link == null;
    if (gone || heard.endpoint().equals(row.endpoint)) {
      if (row.state == MemberState.DEAD || row.state == MemberState.LEFT) {
        row.instance = instance;
        row.lastSequence = -1;
        row.to(MemberState.HEARD, now);
        refresh(row, heard);
        tell(new ClusterEvent.Discovered(row.view(false)));
        dialOnHint(row, heard.endpoint(), true);
      } else if (gone) {
        // Still suspect or heard: the old instance is on its way out, the link will settle it.
        row.heardAt(heard.endpoint(), now);
        dialOnHint(row, heard.endpoint(), true);
      }
      return;
    }
    String owner = Row.key(row.id, heard.endpoint());
    dials.plan(
        new Target(owner, null, heard.endpoint(), Origin.BEACON, UDP),
        now + yieldNanos(heard.from().id()));
  }

  private void refresh(Row row, Input.BeaconHeard heard) {
    Announcement from = heard.from();
    row.lastBeaconAt = now;
    row.lastSequence = from.sequence();
    row.incarnation = Math.max(row.incarnation, from.incarnation());
    row.beaconIntervalNanos = from.interval().toNanos();
    row.heardAt(heard.endpoint(), now);
    if (row.info == null) {
      row.hostname = from.hostname();
      row.primaryIp = from.primaryIp();
      row.clusterId = from.clusterId();
      row.clusterName = from.clusterName();
      row.dirty |= !row.services.equals(from.services());
      row.services = from.services();
    }
    boolean foreign = !row.legacy && !Objects.equals(from.cluster(), self.cluster());
    if (foreign != row.foreign) {
      row.foreign = foreign;
      row.dirty = true;
    }
    if (row.link == null) {
      row.lastEvidenceAt = now;
      if (!row.legacy && !row.freshAt(row.endpoint, now)) {
        row.endpoint = heard.endpoint();
        row.dirty = true;
      }
    }
  }

  private static final String UDP = "UDP_BEACON";

  private void dialOnHint(Row row, Endpoint source, boolean fresh) {
    if (row.foreign || stopping) {
      return;
    }
    Target target = dials.target(row.key);
    if (target == null) {
      target =
          dials.plan(
              new Target(row.key, row, source, Origin.BEACON, UDP),
              now + yieldNanos(row.id, row.legacy));
    } else if (!target.pending && fresh) {
      if (target.fallback == 0) {
        target.endpoint = source;
      }
      if (target.welcomed) {
        target.attempts = 0;
        target.nextAt = now + yieldNanos(row.id, row.legacy);
      }
    }
  }

  /** The lower id dials at once, the higher gives it time first; old nodes never dial. */
  private long yieldNanos(NodeId peer, boolean legacy) {
    return legacy ? 0 : yieldNanos(peer);
  }

  private long yieldNanos(NodeId peer) {
    return lower(peer) ? 0 : settings.yieldDelay().toNanos();
  }

  private boolean lower(NodeId peer) {
    return self.id().compareTo(peer) < 0;
  }

  // ---- addresses that somebody names ----

  private void contact(Input.Contact contact) {
    if (stopping) {
      return;
    }
    Endpoint endpoint = contact.target();
    for (Row row : rows.all()) {
      if (row.link != null && row.endpoint.equals(endpoint)) {
        return;
      }
    }
    Target known = dials.pendingAt(endpoint);
    if (known != null) {
      return;
    }
    for (Row row : rows.all()) {
      if (row.endpoint.equals(endpoint)) {
        Target target =
            dials.plan(new Target(row.key, row, endpoint, contact.origin(), contact.method()), now);
        target.nextAt = now;
        if (contact.origin().trusted()) {
          launch(target);
        }
        return;
      }
    }
    if (dials.size() >= settings.contactLimit() + settings.memberLimit()) {
      return;
    }
    Target target =
        dials.plan(
            new Target(endpoint.toString(), null, endpoint, contact.origin(), contact.method()),
            now);
    target.nextAt = now;
    if (contact.origin() == Origin.OPERATOR) {
      launch(target);
    }
  }

  private void remembered(Input.Remembered memory) {
    boolean legacy = memory.instance() == null;
    Row row =
        new Row(
            Row.key(memory.id(), memory.endpoint()), memory.id(), legacy, memory.endpoint(), now);
    if ((memory.id().equals(self.id()) && !legacy)
        || rows.get(row.key) != null
        || !rows.memberFits()) {
      return;
    }
    row.instance = memory.instance();
    row.hostname = memory.hostname();
    row.primaryIp = memory.endpoint().host();
    row.clusterId = memory.clusterId();
    row.clusterName = memory.clusterName();
    rows.addHeard(row);
    rows.registered(row);
    row.to(MemberState.DEAD, now);
    Target target = new Target(row.key, row, memory.endpoint(), Origin.MEMORY, "KNOWN_MACHINE");
    dials.plan(target, now + yieldNanos(row.id, legacy));
  }

  private void selfChanged(Input.SelfChanged changed) {
    self = new Self(self.id(), self.instance(), self.cluster(), changed.endpoint(), changed.info());
    selfRow.endpoint = changed.endpoint();
    selfRow.take(changed.info());
  }

  // ---- dials ----

  private void dialDue() {
    if (stopping) {
      return;
    }
    for (Target target : dials.due(now)) {
      Row row = target.row;
      if (row != null && row.link != null && !quiet(row.link)) {
        dials.finish(target.endpoint);
        continue;
      }
      announce(target);
    }
  }

  private void launch(Target target) {
    if (!target.pending) {
      dials.start(target, now);
      announce(target);
    }
  }

  private void announce(Target target) {
    Row row = target.row;
    boolean other = row != null && row.instance != null && !self.instance().equals(row.instance);
    tell(new ClusterEvent.DialStarted(target.endpoint, view(row), target.method));
    out.add(new Effect.Dial(target.endpoint, target.origin, other));
  }

  private void dialFailed(Input.DialFailed failed) {
    Target target = dials.finish(failed.target());
    if (target == null) {
      return;
    }
    failed(target, failed.code(), failed.evidence(), failed.millis());
  }

  private void failed(Target target, FailureCode code, String evidence, long millis) {
    Row row = target.row;
    if (row != null && row.link != null) {
      dials.drop(target.owner);
      return;
    }
    Endpoint tried = target.endpoint;
    if (row != null && row.legacy && code == FailureCode.REFUSED && fallback(target)) {
      tell(
          new ClusterEvent.DialFailed(
              new Failure(code, tried, evidence, millis, target.attempts + 1, now, now),
              view(row),
              target.method));
      return;
    }
    Long next = dials.retry(target, code, now);
    boolean giveUp =
        row == null
            && !(target.origin == Origin.CONFIGURATION)
            && target.attempts >= contactAttempts(target);
    if (giveUp) {
      dials.drop(target.owner);
      next = null;
    }
    Failure failure =
        new Failure(code, tried, evidence, millis, Math.max(1, target.attempts), now, next);
    if (row != null) {
      if (!row.legacy) {
        target.endpoint = row.otherAddress(tried);
      }
      row.lastFailure = failure;
      row.dirty = true;
      if (code == FailureCode.REFUSED && row.state == MemberState.SUSPECT) {
        die(row, "its process is gone: " + tried + " refuses connections");
      }
    }
    tell(new ClusterEvent.DialFailed(failure, view(row), target.method));
  }

  private static int contactAttempts(Target target) {
    return target.origin == Origin.MEMORY ? DialPlan.STRANGER_ATTEMPTS : 1;
  }

  /** Old dashboards say 8080 and listen elsewhere: the next port of the same source, at once. */
  private boolean fallback(Target target) {
    List<Integer> ports = Input.LEGACY_PORTS;
    Row row = Objects.requireNonNull(target.row);
    int next = target.fallback + 1;
    if (next >= ports.size() || (row.registered && row.state.online())) {
      target.fallback = 0;
      target.endpoint = new Endpoint(target.endpoint.host(), row.endpoint.port());
      return false;
    }
    target.fallback = next;
    int port = ports.get(next) == row.endpoint.port() ? ports.getFirst() : ports.get(next);
    target.endpoint = new Endpoint(target.endpoint.host(), port);
    launch(target);
    return true;
  }

  // ---- links ----

  private void opened(Input.LinkOpened opened) {
    LinkEntry link =
        new LinkEntry(opened.link(), opened.outbound(), opened.remoteHost(), opened.target(), now);
    links.put(link.number, link);
    Endpoint target = opened.target();
    if (stopping) {
      close(link, 1001, "this node is stopping");
      return;
    }
    if (target != null) {
      Target dial = dials.pendingAt(target);
      link.method = dial == null ? "" : dial.method;
      out.add(new Effect.Register(link.number));
    }
  }

  private void registered(Input.LinkRegistered input) {
    LinkEntry link = links.get(input.link());
    if (link == null || link.closing) {
      return;
    }
    Registration who = input.who();
    link.lastHeardAt = now;
    if (link.row != null) {
      Row row = link.row;
      if (row.id.equals(who.id())) {
        row.take(who.info());
        evidence(row);
        answer(link, input.inReplyTo());
      }
      return;
    }
    InstanceId instance = who.instance();
    if (self.instance().equals(instance)) {
      refuse(link, FailureCode.SELF, 4000, "that is this node");
      return;
    }
    if (instance != null
        && (who.protocolMinimum() > Settings.PROTOCOL_MAXIMUM
            || who.protocolMaximum() < Settings.PROTOCOL_MINIMUM)) {
      refuse(
          link,
          FailureCode.VERSION,
          4003,
          "speaks protocol "
              + who.protocolMinimum()
              + "-"
              + who.protocolMaximum()
              + ", this node "
              + Settings.PROTOCOL_MINIMUM
              + "-"
              + Settings.PROTOCOL_MAXIMUM);
      return;
    }
    boolean foreign = instance != null && !Objects.equals(who.cluster(), self.cluster());
    if (foreign) {
      refuse(link, FailureCode.FOREIGN, 4004, "another cluster");
      return;
    }
    Row row = rowFor(who, link);
    if (row == null) {
      refuse(link, FailureCode.BUDGET, 1013, "the member table is full");
      return;
    }
    attach(row, link, who);
    answer(link, input.inReplyTo());
    settle(row, link);
  }

  private void answer(LinkEntry link, @Nullable String inReplyTo) {
    if (inReplyTo != null) {
      out.add(new Effect.Welcome(link.number, inReplyTo));
    }
  }

  /** Finds or makes the row that a registration speaks of. */
  private @Nullable Row rowFor(Registration who, LinkEntry link) {
    InstanceId instance = who.instance();
    Endpoint endpoint = endpointOf(who, link);
    Row row =
        instance == null ? rows.legacy(who.id(), link.remoteHost) : rows.own(who.id(), instance);
    if (row != null && instance != null && !instance.equals(row.instance)) {
      LinkEntry old = row.link;
      boolean clone = old != null && !quiet(old) && !row.endpoint.equals(endpoint);
      if (!clone) {
        restarted(row, instance);
        return row;
      }
      row = null;
    }
    if (row == null && rows.memberFits()) {
      String key = Row.key(who.id(), endpoint);
      Row taken = rows.get(key);
      if (taken != null) {
        return taken.legacy == (instance == null) ? taken : null;
      }
      row = new Row(key, who.id(), instance == null, endpoint, now);
      row.instance = instance;
      Row evicted = rows.addHeard(row);
      if (evicted != null) {
        removed(evicted);
      }
    }
    return row;
  }

  /** A new instance under the same id, the old one gone: the same row goes on. */
  private void restarted(Row row, InstanceId instance) {
    for (LinkEntry link : links.values()) {
      if (link.row == row) {
        link.row = null;
        close(link, 4001, "the node restarted");
      }
    }
    row.link = null;
    row.instance = instance;
    row.lastSequence = -1;
    row.incarnation = 0;
    row.dirty = true;
  }

  private static Endpoint endpointOf(Registration who, LinkEntry link) {
    if (link.target != null) {
      return link.target;
    }
    Integer port = who.port();
    return new Endpoint(link.remoteHost, port == null ? Input.LEGACY_PORTS.getFirst() : port);
  }

  private void attach(Row row, LinkEntry link, Registration who) {
    link.row = row;
    link.peer = who.instance();
    link.registeredAt = now;
    link.nextPingAt = now;
    link.nextHeartbeatAt = now + settings.heartbeatInterval().toNanos();
    rows.registered(row);
    row.foreign = false;
    row.incarnation = Math.max(row.incarnation, who.incarnation());
    row.take(who.info());
    row.lastFailure = null;
    if (link.target != null) {
      Target target = dials.finish(link.target);
      if (target != null) {
        dials.welcomed(target);
        if (!target.owner.equals(row.key)) {
          dials.drop(target.owner);
        }
      }
    }
    Endpoint endpoint = endpointOf(who, link);
    if (!(row.legacy && link.target == null)
        && !endpoint.equals(row.endpoint)
        && (row.link == null || quiet(row.link))) {
      Endpoint from = row.endpoint;
      row.endpoint = endpoint;
      if (!row.legacy) {
        tell(new ClusterEvent.Moved(row.view(false), from));
      }
    }
    evidence(row);
    duplicateCheck(row);
  }

  /** Keeps one link a pair: the one that the lower id dialled, of those the newest. */
  private void settle(Row row, LinkEntry link) {
    LinkEntry current = row.link;
    if (current == null || current == link) {
      keep(row, link);
      return;
    }
    boolean newest = row.legacy || link.outbound == current.outbound;
    boolean preferred = link.outbound == lower(row.id);
    if (newest || preferred || quiet(current)) {
      keep(row, link);
      drop(current);
    } else {
      drop(link);
    }
  }

  private void keep(Row row, LinkEntry link) {
    boolean first = row.link == null;
    row.link = link;
    row.dirty = true;
    Target target = dials.target(row.key);
    if (target != null) {
      target.nextAt = null;
      target.welcomed = true;
      target.attempts = 0;
    }
    if (first) {
      Endpoint dialled = link.target == null ? row.endpoint : link.target;
      tell(
          new ClusterEvent.Connected(
              row.view(false), dialled, link.method, (now - link.openedAt) / 1_000_000));
      out.add(new Effect.AskMachines(link.number, row.instance));
    }
  }

  /**
   * Closes a link that lost. Between two of our nodes only the lower id closes: it has the keeper's
   * welcome when it gets here, while the other end may not have.
   */
  private void drop(LinkEntry link) {
    Row row = link.row;
    if (row == null || row.legacy || lower(row.id) || quiet(link)) {
      close(link, 4001, "another link to this node is kept");
    }
  }

  private void refuse(LinkEntry link, FailureCode code, int closeCode, String why) {
    if (link.target != null) {
      Target target = dials.finish(link.target);
      if (target != null) {
        failed(target, code, why, (now - link.openedAt) / 1_000_000);
      }
    }
    close(link, closeCode, why);
  }

  private void close(LinkEntry link, int code, String reason) {
    link.closing = true;
    out.add(new Effect.CloseLink(link.number, code, reason));
  }

  private void heard(Input.LinkHeard heard) {
    LinkEntry link = links.get(heard.link());
    if (link == null) {
      return;
    }
    link.lastHeardAt = now;
    Row row = link.row;
    if (row != null) {
      if (heard.info() != null) {
        row.take(heard.info());
      }
      evidence(row);
    }
  }

  private void pong(Input.LinkPong pong) {
    LinkEntry link = links.get(pong.link());
    if (link == null) {
      return;
    }
    link.lastHeardAt = now;
    Row row = link.row;
    if (row != null) {
      if (link.rttMicros == null) {
        row.dirty = true;
      }
      link.rttMicros = Math.max(1, pong.rttNanos() / 1_000);
      evidence(row);
    }
  }

  private void goodbye(Input.LinkGoodbye goodbye) {
    LinkEntry link = links.get(goodbye.link());
    Row row = link == null ? null : link.row;
    if (link == null || row == null || link.closing) {
      return;
    }
    leave(row);
    close(link, 1000, "goodbye");
  }

  private void leave(Row row) {
    row.link = null;
    row.dirty = true;
    Target target = dials.target(row.key);
    if (target != null) {
      dials.drop(row.key);
    }
    if (row.state != MemberState.LEFT && row.state.next().contains(MemberState.LEFT)) {
      row.to(MemberState.LEFT, now);
      tell(new ClusterEvent.Departed(row.view(false)));
    }
    rows.markDuplicates(row.id);
  }

  private void closed(Input.LinkClosed closed) {
    LinkEntry link = links.remove(closed.link());
    if (link == null) {
      return;
    }
    Row row = link.row;
    if (row == null) {
      Target target = link.target == null ? null : dials.finish(link.target);
      if (target != null) {
        failed(target, codeOf(closed), closeText(closed), (now - link.openedAt) / 1_000_000);
      }
      return;
    }
    if (row.link != link) {
      return;
    }
    row.link = null;
    row.dirty = true;
    LinkEntry other = otherLink(row);
    if (other != null) {
      keep(row, other);
      return;
    }
    if (row.state == MemberState.LEFT || stopping) {
      return;
    }
    lost(row, closed);
  }

  private @Nullable LinkEntry otherLink(Row row) {
    for (LinkEntry link : links.values()) {
      if (link.row == row && !link.closing) {
        return link;
      }
    }
    return null;
  }

  private void lost(Row row, Input.LinkClosed closed) {
    row.lastFailure =
        new Failure(FailureCode.LOST, row.endpoint, closeText(closed), 0, 1, now, null);
    if (row.state == MemberState.ALIVE) {
      suspect(row, "the link broke (" + closeText(closed) + ")");
    } else if (row.state == MemberState.SUSPECT) {
      row.nextCheckAt = now;
      check(row);
    }
    Target target = dials.plan(new Target(row.key, row, row.endpoint, Origin.BEACON, UDP), now);
    target.welcomed = true;
    target.endpoint = row.endpoint;
    if (row.state == MemberState.DEAD) {
      target.nextAt = now + DialPlan.BACKOFF_LIMIT_NANOS;
    } else {
      target.nextAt = now + DialPlan.BACKOFF_FIRST_NANOS + yieldNanos(row.id, row.legacy);
    }
  }

  private static FailureCode codeOf(Input.LinkClosed closed) {
    return switch (closed.code()) {
      case 4000 -> FailureCode.SELF;
      case 4001 -> FailureCode.ALREADY;
      case 4003 -> FailureCode.VERSION;
      case 4004 -> FailureCode.FOREIGN;
      case 1008 -> FailureCode.AUTH;
      default -> FailureCode.NO_REGISTRATION;
    };
  }

  private static String closeText(Input.LinkClosed closed) {
    String reason = closed.reason().isEmpty() ? "" : ": " + closed.reason();
    return "close code " + closed.code() + reason;
  }

  // ---- states ----

  private void evidence(Row row) {
    row.lastEvidenceAt = now;
    if (row.state == MemberState.ALIVE) {
      return;
    }
    MemberState was = row.state;
    row.to(MemberState.ALIVE, now);
    rows.markDuplicates(row.id);
    for (Row ghost : List.copyOf(rows.withId(row.id))) {
      if (ghost != row && !ghost.legacy && !row.legacy && ghost.state == MemberState.DEAD) {
        forget(ghost);
      }
    }
    if (was != MemberState.HEARD) {
      tell(new ClusterEvent.Returned(row.view(false), was));
    }
  }

  private void suspect(Row row, String why) {
    row.to(MemberState.SUSPECT, now);
    tell(new ClusterEvent.Suspected(row.view(false), why));
    row.nextCheckAt = now;
    check(row);
  }

  private void check(Row row) {
    if (now - row.nextCheckAt >= 0) {
      row.nextCheckAt = now + settings.checkInterval().toNanos();
      out.add(new Effect.Check(row.key, row.endpoint));
    }
  }

  private void checked(Input.Checked checked) {
    Row row = rows.get(checked.key());
    if (row == null || row.state != MemberState.SUSPECT) {
      return;
    }
    switch (checked.reach()) {
      case REFUSED -> die(row, "its process is gone: " + row.endpoint + " refuses connections");
      case LISTENING -> {
        Target target = dials.target(row.key);
        if (row.link == null && target != null && !target.pending && target.attempts == 0) {
          target.nextAt = now + yieldNanos(row.id, row.legacy);
        }
      }
      case SILENT -> {}
    }
  }

  private void die(Row row, String why) {
    row.to(MemberState.DEAD, now);
    rows.markDuplicates(row.id);
    tell(new ClusterEvent.Died(row.view(false), why));
  }

  private void forget(Row row) {
    if (row.link != null) {
      close(row.link, 4001, "the row is gone");
    }
    dials.drop(row.key);
    rows.remove(row);
    removed(row);
  }

  private void removed(Row row) {
    dials.drop(row.key);
    if (row.published != null) {
      revision++;
      tell(new ClusterEvent.MemberRemoved(row.key));
    }
    rows.markDuplicates(row.id);
  }

  private void duplicateCheck(Row row) {
    boolean was = row.duplicateId;
    rows.markDuplicates(row.id);
    if (row.duplicateId && !was) {
      for (Row other : rows.withId(row.id)) {
        if (other != row) {
          tell(new ClusterEvent.DuplicateId(row.view(false), other.key));
          return;
        }
      }
    }
  }

  // ---- time ----

  private void tick() {
    long gap = now - lastTickAt;
    lastTickAt = now;
    if (gap > AWAY_NANOS) {
      awake(gap);
    }
    for (LinkEntry link : List.copyOf(links.values())) {
      tickLink(link);
    }
    for (Row row : List.copyOf(rows.all())) {
      tickRow(row);
    }
  }

  /** This process did not run for a while: what it missed is no evidence against anyone. */
  private void awake(long gap) {
    for (LinkEntry link : links.values()) {
      link.lastHeardAt += gap;
      link.nextPingAt = now;
    }
    for (Row row : rows.all()) {
      row.lastBeaconAt += gap;
      if (row.state == MemberState.SUSPECT) {
        row.stateSince += gap;
      }
    }
  }

  private void tickLink(LinkEntry link) {
    if (link.closing) {
      return;
    }
    Row row = link.row;
    if (row == null) {
      if (now - link.openedAt > settings.registrationLimit().toNanos()) {
        refuse(
            link,
            FailureCode.NO_REGISTRATION,
            4002,
            "no registration within " + settings.registrationLimit().toSeconds() + " s");
      }
      return;
    }
    if (now - link.nextPingAt >= 0) {
      link.nextPingAt =
          now + (row.legacy ? settings.legacyPingInterval() : settings.pingInterval()).toNanos();
      out.add(new Effect.Ping(link.number));
    }
    if (now - link.nextHeartbeatAt >= 0) {
      link.nextHeartbeatAt = now + settings.heartbeatInterval().toNanos();
      out.add(new Effect.Heartbeat(link.number));
    }
    if (now - link.lastHeardAt > settings.halfOpenLimit().toNanos()) {
      close(link, 4005, "silent for " + settings.halfOpenLimit().toSeconds() + " s");
    }
  }

  private void tickRow(Row row) {
    LinkEntry link = row.link;
    switch (row.state) {
      case ALIVE -> {
        if (link != null && quiet(link)) {
          suspect(row, "no answer for " + (now - link.lastHeardAt) / 1_000_000_000 + " s");
        }
      }
      case SUSPECT -> {
        check(row);
        long since = Math.max(row.stateSince, row.legacy ? row.lastBeaconAt : row.stateSince);
        if (now - since > suspicion(row)) {
          die(row, "silent for " + (now - row.lastEvidenceAt) / 1_000_000_000 + " s");
        }
      }
      case HEARD -> {
        long limit =
            row.legacy
                ? settings.legacyBeaconLimit().toNanos()
                : Settings.STALE_INTERVALS * row.beaconIntervalNanos;
        if (now - row.lastBeaconAt > limit) {
          die(row, "no beacon for " + (now - row.lastBeaconAt) / 1_000_000_000 + " s");
        }
      }
      case DEAD, LEFT -> {
        long limit = (row.registered ? settings.goneLimit() : settings.heardGoneLimit()).toNanos();
        if (now - row.stateSince > limit && row.link == null) {
          forget(row);
        }
      }
    }
  }

  private long suspicion(Row row) {
    return (row.legacy && row.link == null ? settings.legacyBeaconLimit() : settings.suspicion())
        .toNanos();
  }

  private boolean quiet(LinkEntry link) {
    Row row = link.row;
    long limit =
        (row != null && row.legacy ? settings.legacyQuietLimit() : settings.quietLimit()).toNanos();
    return now - link.lastHeardAt > limit;
  }

  private void stop() {
    stopping = true;
    for (LinkEntry link : links.values()) {
      if (link.row != null && !link.closing) {
        out.add(new Effect.Goodbye(link.number));
        link.closing = true;
      } else if (!link.closing) {
        close(link, 1001, "this node is stopping");
      }
    }
  }

  // ---- publishing ----

  private void tell(ClusterEvent event) {
    out.add(new Effect.Publish(event));
  }

  private static @Nullable Member view(@Nullable Row row) {
    return row == null ? null : row.view(false);
  }

  private void publishChanges() {
    publish(selfRow);
    for (Row row : rows.all()) {
      publish(row);
    }
  }

  private void publish(Row row) {
    if (!row.dirty) {
      return;
    }
    row.dirty = false;
    revision++;
    MemberState was = row.published;
    row.published = row.state;
    tell(new ClusterEvent.MemberChanged(row.view(row == selfRow), was));
  }
}

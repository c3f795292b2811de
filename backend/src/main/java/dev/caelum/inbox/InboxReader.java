package dev.caelum.inbox;

import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.Member;
import dev.caelum.feed.Delivery;
import dev.caelum.feed.Feed;
import dev.caelum.feed.FeedEvent;
import dev.caelum.feed.Notification;
import dev.caelum.feed.Subscription;
import dev.caelum.service.Service;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Makes notifications of what the feed tells, keeps the last {@value #KEPT} and publishes each. A
 * reader of the feed like any other: it can hold nobody up.
 */
public final class InboxReader implements AutoCloseable {
  /** How many are kept. */
  public static final int KEPT = 200;

  private static final Logger LOG = Logger.getLogger(InboxReader.class.getName());
  private static final Duration SOON = Duration.ofMillis(250);
  private static final Duration LATER = Duration.ofSeconds(15);

  private final String instance;
  private final Feed feed;
  private final Supplier<ClusterSnapshot> table;
  private final Function<Member, Optional<List<Service>>> services;
  private final Consumer<Notification> listener;
  private final Clock clock;
  private final Inbox inbox = new Inbox(System.nanoTime());
  private final Sight sight = new Sight();
  private final Deque<Notification> kept = new ArrayDeque<>();
  private final Thread thread = Thread.ofVirtual().name("inbox").unstarted(this::run);
  private long number;
  private Instant last = Instant.EPOCH;

  /**
   * @param services of a machine, as it tells them; empty when it does not
   * @param listener gets each notification on this reader's thread; must be quick
   */
  public InboxReader(
      String instance,
      Feed feed,
      Supplier<ClusterSnapshot> table,
      Function<Member, Optional<List<Service>>> services,
      Consumer<Notification> listener) {
    this.instance = instance;
    this.feed = feed;
    this.table = table;
    this.services = services;
    this.listener = listener;
    this.clock = Clock.systemUTC();
  }

  /** Begins to read. */
  public void start() {
    thread.start();
  }

  /** The newest {@code limit} of them, the newest first. */
  public List<Notification> latest(int limit) {
    synchronized (kept) {
      return kept.stream().limit(limit).toList();
    }
  }

  private void run() {
    try (Subscription reader = feed.subscribe(null)) {
      while (!reader.closed()) {
        Delivery next = reader.next(inbox.idle() ? LATER : SOON);
        if (next != null) {
          take(next, System.nanoTime());
        }
        inbox.due(System.nanoTime()).forEach(this::tell);
      }
    } catch (InterruptedException e) {
      LOG.fine("The inbox ends");
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "Nobody is notified any more", e);
    }
  }

  private void take(Delivery delivery, long now) {
    switch (delivery) {
      case Delivery.Snapshot snapshot -> {
        sight.all(snapshot.state().cluster()).forEach(each -> inbox.take(each, now));
        services(now);
      }
      case Delivery.Event event -> take(event.event(), now);
      case Delivery.Gap _ -> {}
    }
  }

  private void take(FeedEvent event, long now) {
    switch (event) {
      case FeedEvent.MachineChanged changed ->
          sight.machine(changed.member()).ifPresent(each -> inbox.take(each, now));
      case FeedEvent.MachineRemoved(String key) -> sight.removed(key);
      case FeedEvent.LogAdded added ->
          Sight.line(added.line(), table.get()).ifPresent(each -> inbox.take(each, now));
      case FeedEvent.TasksChanged changed ->
          changed.tasks().stream()
              .flatMap(task -> Sight.task(task).stream())
              .forEach(each -> inbox.take(each, now));
      case FeedEvent.ServicesChanged _ -> services(now);
      case FeedEvent.DiscoveryChanged _,
          FeedEvent.PortsChanged _,
          FeedEvent.NotificationAdded _,
          FeedEvent.NodeChanged _ -> {}
    }
  }

  private void services(long now) {
    sight.services(table.get(), services).forEach(each -> inbox.take(each, now));
  }

  private void tell(Draft draft) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    last = now.isAfter(last) ? now : last.plusMillis(1);
    Notification told =
        new Notification(
            ++number,
            instance,
            last,
            draft.kind(),
            draft.level(),
            draft.code(),
            draft.text(),
            draft.machines(),
            draft.count());
    synchronized (kept) {
      kept.addFirst(told);
      if (kept.size() > KEPT) {
        kept.removeLast();
      }
    }
    feed.publish(new FeedEvent.NotificationAdded(told));
    listener.accept(told);
  }

  /** Ends; what waits to be told together is not told. */
  @Override
  public void close() {
    thread.interrupt();
  }
}

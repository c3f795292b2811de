package dev.caelum.node;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.feed.EventText;
import dev.caelum.feed.Feed;
import dev.caelum.feed.FeedEvent;
import dev.caelum.feed.Finding;
import dev.caelum.feed.Journal;
import dev.caelum.feed.LogLine;
import dev.caelum.feed.LogLine.Category;
import dev.caelum.feed.LogLine.Level;
import dev.caelum.feed.MemberNames;
import dev.caelum.logging.RateLimitedLog;
import dev.caelum.rate.TokenBucket;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Tells what happened: as events to the feed, as lines to people and to the log. */
final class EventTeller {
  private static final Logger LOG = Logger.getLogger("dev.caelum.node.events");

  /** Lines about machines heard for the first time: 100 at once, then one in two seconds. */
  private static final double DISCOVERIES_PER_SECOND = 0.5;

  private static final int DISCOVERIES_AT_ONCE = 100;

  private final Feed feed;
  private final Supplier<ClusterSnapshot> table;
  private final Journal journal = new Journal();
  private final NetworkNotes network = new NetworkNotes();
  private final Bursts bursts = new Bursts(this::line);
  private final TokenBucket discoveries =
      new TokenBucket(DISCOVERIES_PER_SECOND, DISCOVERIES_AT_ONCE, System.nanoTime());
  private final RateLimitedLog rationed = new RateLimitedLog(LOG);
  private final List<Consumer<ClusterEvent>> listeners = new CopyOnWriteArrayList<>();

  /**
   * @param table who is in the cluster now
   */
  EventTeller(Feed feed, Supplier<ClusterSnapshot> table) {
    this.feed = feed;
    this.table = table;
    listen(network);
  }

  /** Adds somebody who sees every event; called on the loop's thread, must be quick. */
  void listen(Consumer<ClusterEvent> listener) {
    listeners.add(listener);
  }

  /** What happened to each machine lately. */
  Journal journal() {
    return journal;
  }

  /** What is wrong with networks, by what happened. */
  NetworkNotes network() {
    return network;
  }

  /** Called by the loop's thread, as all of this but {@link #tick} and {@link #nodeLine}. */
  void tell(ClusterEvent event) {
    long now = System.nanoTime();
    MemberNames names = new MemberNames(table.get());
    if (event instanceof ClusterEvent.MemberChanged(Member member, @Nullable MemberState was)) {
      journal.changed(member, names, now);
      feed.publish(new FeedEvent.MachineChanged(member, was));
    } else if (event instanceof ClusterEvent.MemberRemoved(String key)) {
      journal.removed(key);
      feed.publish(new FeedEvent.MachineRemoved(key));
    }
    EventText text = EventText.of(event, names);
    if (text != null) {
      note(text, now);
      if (!(event instanceof ClusterEvent.Discovered) || discoveries.take(now)) {
        bursts.tell(text, now);
      } else {
        // Beacons can be forged by the thousand, so lines are rationed; the rows are bounded.
        rationed.warning(
            "discovered",
            () ->
                "More machines announce themselves than are told one by one; see the machine list");
      }
    }
    listeners.forEach(listener -> listener.accept(event));
  }

  /** Tells what waited to be told together; to be called several times a second. */
  void tick() {
    bursts.tick(System.nanoTime());
  }

  private void note(EventText text, long now) {
    String code = text.code();
    if (code == null) {
      return;
    }
    Member about = text.about();
    String key =
        about != null ? about.key() : code.startsWith("network_") ? table.get().self().key() : null;
    if (key != null) {
      journal.told(key, new Finding(now, code, text.text()));
    }
  }

  /** Writes one line about this node itself. */
  void nodeLine(Level level, Category category, String text, @Nullable String code) {
    line(new EventText(level, category, text, null, code));
  }

  private void line(EventText line) {
    Member about = line.about();
    feed.publish(
        new FeedEvent.LogAdded(
            new LogLine(
                Instant.now(),
                line.level(),
                line.category(),
                line.text(),
                about == null ? null : about.key(),
                null,
                line.code())));
    LOG.log(
        switch (line.level()) {
          case INFO -> java.util.logging.Level.INFO;
          case WARNING, PROBLEM -> java.util.logging.Level.WARNING;
        },
        line.text());
  }
}

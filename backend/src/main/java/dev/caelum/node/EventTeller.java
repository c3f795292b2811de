package dev.caelum.node;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Failure;
import dev.caelum.cluster.FailureCode;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.feed.DisplayText;
import dev.caelum.feed.FailureText;
import dev.caelum.feed.Feed;
import dev.caelum.feed.FeedEvent;
import dev.caelum.feed.LogLine;
import dev.caelum.feed.LogLine.Category;
import dev.caelum.feed.LogLine.Level;
import dev.caelum.logging.RateLimitedLog;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Tells what happened: as events to the feed, as lines to people and to the log. */
final class EventTeller {
  private static final Logger LOG = Logger.getLogger("dev.caelum.node.events");

  /** Lines about machines heard for the first time: 100 at once, then one in two seconds. */
  private static final double DISCOVERIES_PER_SECOND = 0.5;

  private static final int DISCOVERIES_AT_ONCE = 100;

  private final Feed feed;
  private final Ration discoveries = new Ration(DISCOVERIES_PER_SECOND, DISCOVERIES_AT_ONCE);
  private final RateLimitedLog rationed = new RateLimitedLog(LOG);
  private final List<Consumer<ClusterEvent>> listeners = new CopyOnWriteArrayList<>();

  EventTeller(Feed feed) {
    this.feed = feed;
  }

  /** Adds somebody who sees every event; called on the loop's thread, must be quick. */
  void listen(Consumer<ClusterEvent> listener) {
    listeners.add(listener);
  }

  void tell(ClusterEvent event) {
    switch (event) {
      case ClusterEvent.MemberChanged(Member member, @Nullable MemberState was) ->
          feed.publish(new FeedEvent.MachineChanged(member, was));
      case ClusterEvent.MemberRemoved(String key) ->
          feed.publish(new FeedEvent.MachineRemoved(key));
      case ClusterEvent.Discovered(Member member) -> discovered(member);
      case ClusterEvent.DialStarted(Endpoint target, @Nullable Member member, String method) ->
          line(
              Level.INFO,
              Category.CONNECTION,
              "Connecting to " + (member == null ? "" : name(member) + " ") + target,
              member,
              null);
      case ClusterEvent.DialFailed(Failure failure, @Nullable Member member, String method) ->
          failed(failure, member);
      case ClusterEvent.Connected(Member member, Endpoint target, String method, long millis) ->
          line(
              Level.INFO,
              Category.CONNECTION,
              "Connected to " + name(member) + " (" + target + ") in " + millis + " ms",
              member,
              null);
      case ClusterEvent.Suspected(Member member, String why) ->
          line(
              Level.WARNING,
              Category.MACHINE,
              name(member) + " is suspect: " + DisplayText.line(why),
              member,
              "suspect");
      case ClusterEvent.Died(Member member, String why) ->
          line(
              Level.PROBLEM,
              Category.MACHINE,
              name(member) + " is dead: " + DisplayText.line(why),
              member,
              "dead");
      case ClusterEvent.Departed(Member member) ->
          line(
              Level.INFO,
              Category.MACHINE,
              name(member) + " said goodbye and left",
              member,
              "left");
      case ClusterEvent.Returned(Member member, MemberState was) ->
          line(Level.INFO, Category.MACHINE, name(member) + " is alive again", member, "alive");
      case ClusterEvent.Moved(Member member, Endpoint from) ->
          line(
              Level.INFO,
              Category.MACHINE,
              name(member) + " is now at " + member.endpoint() + " (was " + from + ")",
              member,
              "moved");
      case ClusterEvent.DuplicateId(Member member, String otherKey) ->
          line(
              Level.WARNING,
              Category.MACHINE,
              "Two machines use the id "
                  + DisplayText.name(member.id().value())
                  + ": "
                  + DisplayText.line(member.key())
                  + " and "
                  + DisplayText.line(otherKey)
                  + (member.legacy() ? " (old nodes on Linux all do)" : " (copied disk image?)"),
              member,
              FailureCode.DUPLICATE_ID.code());
      case ClusterEvent.Refuted refuted ->
          line(
              Level.WARNING,
              Category.MACHINE,
              "Another machine doubted that this one runs; this node said that it does",
              null,
              null);
      case ClusterEvent.UdpBlocked(Member member, boolean blocked) ->
          line(
              blocked ? Level.WARNING : Level.INFO,
              Category.CONNECTION,
              blocked
                  ? "UDP to %s is blocked, TCP works".formatted(name(member))
                  : "UDP to %s gets through again".formatted(name(member)),
              member,
              null);
      case ClusterEvent.NetworkLost(int silent, int asked) ->
          line(
              Level.PROBLEM,
              Category.MACHINE,
              "%d of %d machines fell silent at once: this machine's own network is down"
                  .formatted(silent, asked),
              null,
              null);
      case ClusterEvent.NetworkJudged(boolean back) ->
          line(
              Level.INFO,
              Category.MACHINE,
              back
                  ? "Other machines are heard again"
                  : "The silence lasts: from now on it counts against the silent machines",
              null,
              null);
      case ClusterEvent.ForeignSeen(Member member) ->
          line(
              Level.INFO,
              Category.MACHINE,
              name(member)
                  + " belongs to another cluster ("
                  + DisplayText.name(member.clusterName())
                  + "); it is shown, not linked",
              member,
              FailureCode.FOREIGN.code());
    }
    listeners.forEach(listener -> listener.accept(event));
  }

  /** Beacons can be forged by the thousand, so these lines are rationed; the rows are bounded. */
  private void discovered(Member member) {
    if (!discoveries.take(System.nanoTime())) {
      rationed.warning(
          "discovered",
          () -> "More machines announce themselves than are told one by one; see the machine list");
      return;
    }
    line(
        Level.INFO,
        Category.MACHINE,
        "🎯 UDP discovered new Caelum machine: %s (%s)"
            .formatted(name(member), member.endpoint().host()),
        member,
        null);
  }

  private void failed(Failure failure, @Nullable Member member) {
    if (failure.code() == FailureCode.ALREADY) {
      return;
    }
    FailureText words =
        FailureText.of(failure, member == null ? null : member.hostname(), member != null);
    String next =
        failure.nextAttemptAt() == null
            ? ""
            : " (attempt "
                + failure.attempt()
                + ", next in "
                + Math.max(
                    0, (failure.nextAttemptAt() - failure.at() + 500_000_000) / 1_000_000_000)
                + " s)";
    line(
        Level.PROBLEM,
        Category.CONNECTION,
        "Connection to "
            + (member == null ? failure.target().toString() : name(member))
            + " failed: "
            + failure.code().code()
            + next
            + ". "
            + words.text(),
        member,
        failure.code().code());
  }

  /** Writes one line about this node itself. */
  void nodeLine(Level level, Category category, String text, @Nullable String code) {
    line(level, category, text, null, code);
  }

  private void line(
      Level level, Category category, String text, @Nullable Member about, @Nullable String code) {
    feed.publish(
        new FeedEvent.LogAdded(
            new LogLine(
                Instant.now(),
                level,
                category,
                text,
                about == null ? null : about.key(),
                null,
                code)));
    LOG.log(
        switch (level) {
          case INFO -> java.util.logging.Level.INFO;
          case WARNING, PROBLEM -> java.util.logging.Level.WARNING;
        },
        text);
  }

  private static String name(Member member) {
    return DisplayText.name(member.hostname());
  }
}

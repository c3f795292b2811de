package dev.caelum.node;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.Member;
import dev.caelum.wire.Frame;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hears the frames that only members send, about tasks and services. A peer may know that it is a
 * member a moment before this node's table does: what it sends until then waits, and nothing of it
 * overtakes.
 */
final class MemberFrames {
  /** More than this of one peer does not wait, in characters of its frames. */
  static final int EARLY = 64 * 1_024;

  private final WorkTraffic work;
  private final ServiceTraffic services;
  private final Map<Long, Early> early = new ConcurrentHashMap<>();

  /** What waits for one link. */
  private static final class Early {
    private final Deque<Frame> frames = new ArrayDeque<>();
    private int characters;
    private boolean full;

    Early add(Frame frame, int length) {
      full = characters + length > EARLY;
      if (!full) {
        frames.add(frame);
        characters += length;
      }
      return this;
    }
  }

  MemberFrames(WorkTraffic work, ServiceTraffic services) {
    this.work = work;
    this.services = services;
  }

  /**
   * A frame arrived, by the link's one reading thread.
   *
   * @param length of its text
   * @return false when it is refused: the link leads to no member, and too much waits
   */
  boolean heard(long link, Frame frame, int length) {
    if (!early.containsKey(link) && deliver(link, frame)) {
      return true;
    }
    Early waiting =
        early.compute(
            link,
            (_, before) -> {
              if (before == null) {
                return deliver(link, frame) ? null : new Early().add(frame, length);
              }
              return before.add(frame, length);
            });
    return waiting == null || !waiting.full;
  }

  /** Follows the table, after those who hear the frames; called by the thread that steps it. */
  void saw(ClusterEvent event) {
    if (event instanceof ClusterEvent.MemberChanged(Member member, var _)) {
      Member.Link link = member.link();
      if (link != null) {
        // Waits for a frame that is just being kept: no look at the map before this would see it.
        early.computeIfPresent(
            link.number(),
            (number, waiting) -> {
              waiting.frames.forEach(frame -> deliver(number, frame));
              return null;
            });
      }
    }
  }

  /** The link is gone. */
  void closed(long link) {
    early.remove(link);
  }

  private boolean deliver(long link, Frame frame) {
    return switch (frame) {
      case Frame.Work(var message) -> work.heard(link, message);
      case Frame.Services news -> services.heard(link, news);
      case Frame.Mcp(var message) -> services.heard(link, message);
      case Frame.Legacy _,
          Frame.Rumors _,
          Frame.Digest _,
          Frame.Lines _,
          Frame.Heartbeat _,
          Frame.Pulse _,
          Frame.AskMachines _,
          Frame.Machines _,
          Frame.ServiceQuery _,
          Frame.ServiceLocation _,
          Frame.Status _,
          Frame.Goodbye _,
          Frame.Problem _ ->
          throw new IllegalArgumentException("anybody may send " + frame);
    };
  }
}

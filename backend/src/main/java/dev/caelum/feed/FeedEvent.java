package dev.caelum.feed;

import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.task.TaskRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One change that the node tells. Each carries the whole object it is about, so that applying one
 * twice does no harm.
 */
public sealed interface FeedEvent {
  /**
   * A row is new or changed.
   *
   * @param was its state before; null for a new row
   */
  record MachineChanged(Member member, @Nullable MemberState was) implements FeedEvent {}

  /** A row is gone from the table. */
  record MachineRemoved(String key) implements FeedEvent {}

  /** A discovery made progress; at most 10 a second. */
  record DiscoveryChanged(DiscoveryRun run) implements FeedEvent {}

  /** A line for people was written. */
  record LogAdded(LogLine line) implements FeedEvent {}

  /**
   * Tasks of this node's coordinator changed.
   *
   * @param more whether others changed, too, that are not named
   */
  record TasksChanged(List<TaskRow> tasks, boolean more) implements FeedEvent {
    public TasksChanged {
      tasks = List.copyOf(tasks);
    }
  }

  /** Services of some machine changed; all are told as they are when the event is sent. */
  record ServicesChanged() implements FeedEvent {}

  /** Who has which port changed; all are told as they are when the event is sent. */
  record PortsChanged() implements FeedEvent {}

  /** Something happened that a person should hear of. */
  record NotificationAdded(Notification notification) implements FeedEvent {}

  /** This node itself changed, or 15 s have passed. */
  record NodeChanged(NodeStatus status) implements FeedEvent {}
}

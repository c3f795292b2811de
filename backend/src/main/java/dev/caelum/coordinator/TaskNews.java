package dev.caelum.coordinator;

import dev.caelum.feed.Feed;
import dev.caelum.feed.FeedEvent;
import dev.caelum.task.TaskRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells readers of events what became of tasks: the first change at once, then 4 times a second.
 */
public final class TaskNews {
  private static final int MOST = 50;

  private final Feed feed;
  private final Map<String, TaskRow> waiting = new LinkedHashMap<>();
  private boolean more;
  private long quietUntil;

  public TaskNews(Feed feed) {
    this.feed = feed;
  }

  /** A task changed; called by the coordinator's loop. */
  synchronized void changed(TaskRow row) {
    if (waiting.size() < MOST || waiting.containsKey(row.id())) {
      waiting.put(row.id(), row);
    } else {
      more = true;
    }
  }

  /** Tells what waits, when it is time; to be called often. */
  synchronized void flush(long nanos) {
    if (waiting.isEmpty() || nanos - quietUntil < 0) {
      return;
    }
    quietUntil = nanos + 250_000_000L;
    feed.publish(new FeedEvent.TasksChanged(List.copyOf(waiting.values()), more));
    waiting.clear();
    more = false;
  }
}

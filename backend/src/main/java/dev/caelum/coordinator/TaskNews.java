package dev.caelum.coordinator;

import dev.caelum.feed.Feed;
import dev.caelum.feed.FeedEvent;
import dev.caelum.task.TaskRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Tells readers of events what became of tasks: the first change at once, then 4 times a second.
 */
public final class TaskNews {
  private static final int MOST = 50;

  private final Feed feed;
  private final TaskWaits waits;
  private final List<Consumer<TaskRow>> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, TaskRow> waiting = new LinkedHashMap<>();
  private boolean more;
  private long quietUntil;

  /**
   * @param waits is told of tasks that are over
   */
  public TaskNews(Feed feed, TaskWaits waits) {
    this.feed = feed;
    this.waits = waits;
  }

  /**
   * {@code over} is told of each task that is over, on the coordinator's thread: it must not block.
   */
  public void listen(Consumer<TaskRow> over) {
    listeners.add(over);
  }

  /** A task changed; called by the coordinator's loop. */
  void changed(TaskRow row) {
    if (row.state().over()) {
      waits.over(row);
      listeners.forEach(listener -> listener.accept(row));
    }
    queue(row);
  }

  private synchronized void queue(TaskRow row) {
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

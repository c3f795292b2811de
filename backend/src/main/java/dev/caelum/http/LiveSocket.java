package dev.caelum.http;

import dev.caelum.feed.Delivery;
import dev.caelum.feed.Feed;
import dev.caelum.feed.FeedEvent;
import dev.caelum.feed.MemberNames;
import dev.caelum.feed.Subscription;
import io.helidon.common.buffers.BufferData;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One connection to {@code /ws/live}, as old dashboards served it: machines as they change, for
 * scripts that cannot read an event stream. What the client sends is ignored.
 */
final class LiveSocket implements WsListener {
  /** How many there may be; the event stream is the way for more. */
  static final int MAX = 100;

  private static final int TRY_AGAIN_LATER = 1_013;
  private static final int GOING_AWAY = 1_001;
  private static final Duration QUIET = Duration.ofSeconds(10);

  private final NodePort node;
  private final Feed feed;
  private final WriteWatch watch;
  private final Semaphore seats;

  /** The session's sends may not overlap; a pong comes from the thread that reads. */
  private final ReentrantLock sending = new ReentrantLock();

  private volatile @Nullable Subscription subscription;

  LiveSocket(NodePort node, Feed feed, WriteWatch watch, Semaphore seats) {
    this.node = node;
    this.feed = feed;
    this.watch = watch;
    this.seats = seats;
  }

  /** Any message. */
  public record LiveView(String type, Object data) {}

  /** The first message's data. */
  public record ConnectionView(String machineId, String timestamp, List<MachineView> machines) {}

  /** A sign of life. */
  public record HeartbeatView(String timestamp) {}

  /** A changed row, or the key of one that is gone. */
  public record UpdateView(String key, @Nullable MachineView machine) {}

  @Override
  public void onOpen(WsSession session) {
    if (!seats.tryAcquire()) {
      close(session, TRY_AGAIN_LATER, "too many live connections");
      return;
    }
    Subscription reader = feed.subscribe(null);
    subscription = reader;
    Thread.ofVirtual().name("live-socket").start(() -> write(session, reader));
  }

  @Override
  public void onPing(WsSession session, BufferData buffer) {
    locked(() -> session.pong(buffer));
  }

  @Override
  public void onClose(WsSession session, int status, String reason) {
    end();
  }

  @Override
  public void onError(WsSession session, Throwable t) {
    end();
  }

  /** The end of the connection without a farewell shows in the next write. */
  private void write(WsSession session, Subscription reader) {
    try (reader;
        WriteWatch.Writer writer = watch.watched()) {
      while (!reader.closed() && !watch.closed()) {
        Delivery delivery = reader.next(QUIET);
        LiveView message = message(delivery);
        if (message != null) {
          writer.writing();
          locked(() -> session.send(Json.text(message), true));
          writer.idle();
        }
      }
      close(session, GOING_AWAY, "the node stops");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (UncheckedIOException | IllegalStateException e) {
      // The client is gone.
    } finally {
      seats.release();
    }
  }

  private @Nullable LiveView message(@Nullable Delivery delivery) {
    String now = Instant.now().toString();
    return switch (delivery) {
      case null -> new LiveView("heartbeat", new HeartbeatView(now));
      case Delivery.Snapshot snapshot ->
          new LiveView(
              "connection",
              new ConnectionView(
                  snapshot.state().node().machineId(),
                  now,
                  MachineView.of(snapshot.state().cluster().members(), names(), node)));
      case Delivery.Gap _ -> null;
      case Delivery.Event event ->
          switch (event.event()) {
            case FeedEvent.MachineChanged changed ->
                new LiveView(
                    "machine_update",
                    new UpdateView(
                        changed.member().key(), MachineView.of(changed.member(), names(), node)));
            case FeedEvent.MachineRemoved removed ->
                new LiveView("machine_update", new UpdateView(removed.key(), null));
            case FeedEvent.DiscoveryChanged _ -> null;
            case FeedEvent.LogAdded _ -> null;
            case FeedEvent.TasksChanged _ -> null;
            case FeedEvent.ServicesChanged _ -> null;
            case FeedEvent.PortsChanged _ -> null;
            case FeedEvent.NotificationAdded _ -> null;
            case FeedEvent.NodeChanged _ -> null;
          };
    };
  }

  private MemberNames names() {
    return new MemberNames(node.snapshot());
  }

  private void end() {
    Subscription reader = subscription;
    if (reader != null) {
      reader.close();
    }
  }

  private void close(WsSession session, int code, String reason) {
    locked(() -> session.close(code, reason));
  }

  private void locked(Runnable send) {
    sending.lock();
    try {
      send.run();
    } finally {
      sending.unlock();
    }
  }
}

package dev.caelum.link;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/** A connection that runs something once it has ended, however it ended. */
final class EndedConnection implements ServerConnection, InterruptableTask<Void> {
  private final ServerConnection connection;
  private final Runnable ended;

  EndedConnection(ServerConnection connection, Runnable ended) {
    this.connection = connection;
    this.ended = ended;
  }

  @Override
  public void handle(Limit limit) throws InterruptedException {
    try {
      connection.handle(limit);
    } finally {
      ended.run();
    }
  }

  @Override
  public Duration idleTime() {
    return connection.idleTime();
  }

  @Override
  public void close(boolean interrupt) {
    connection.close(interrupt);
  }

  @Override
  public boolean canInterrupt() {
    return connection instanceof InterruptableTask<?> task && task.canInterrupt();
  }
}

package dev.caelum.ui.guard;

import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the open sessions: each costs memory that the node beside the dashboard needs. */
public final class SessionCount implements HttpSessionListener {
  /** Far more than people have tabs open; at this many a script is asking. */
  static final int MAX = 500;

  private final AtomicInteger open = new AtomicInteger();

  @Override
  public void sessionCreated(HttpSessionEvent event) {
    open.incrementAndGet();
  }

  @Override
  public void sessionDestroyed(HttpSessionEvent event) {
    open.decrementAndGet();
  }

  /** Whether no further session may be opened. */
  boolean full() {
    return open.get() >= MAX;
  }
}

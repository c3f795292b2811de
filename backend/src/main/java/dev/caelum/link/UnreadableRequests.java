package dev.caelum.link;

import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Keeps the log quiet about requests that are no HTTP. Helidon logs each with a stack trace, as a
 * failure of its own: whoever sends garbage to the port would fill the disk. They are counted and
 * told once a minute instead; what the server says on other levels passes.
 */
final class UnreadableRequests implements Filter {
  /** Held, since a logger without a reference is forgotten together with its filter. */
  private static final Logger LOG = Logger.getLogger("io.helidon.webserver.http1.Http1Connection");

  private final Links links;

  private UnreadableRequests(Links links) {
    this.links = links;
  }

  static void countFor(Links links) {
    LOG.setFilter(new UnreadableRequests(links));
  }

  @Override
  public boolean isLoggable(LogRecord logged) {
    if (logged.getLevel().intValue() < Level.WARNING.intValue()) {
      return true;
    }
    Throwable cause = logged.getThrown();
    Throwable root = cause == null || cause.getCause() == null ? cause : cause.getCause();
    links.counters().refused(LinkCount.UNREADABLE_REQUEST, root == null ? "" : root);
    return false;
  }
}

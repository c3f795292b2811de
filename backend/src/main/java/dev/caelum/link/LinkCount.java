package dev.caelum.link;

import java.util.Locale;

/** What links count: each refusal and forced end has its reason. */
public enum LinkCount {
  /** Links opened by peers. */
  ACCEPTED,
  /** Links opened by us. */
  DIALED,
  MESSAGE_IN,
  MESSAGE_OUT,
  /** Handshake with a Host that is not ours. */
  REFUSED_HOST,
  /** Handshake by a web page of another origin. */
  REFUSED_ORIGIN,
  /** Too many handshakes from one source. */
  REFUSED_RATE,
  /** Too many open links from one source. */
  REFUSED_SOURCE_LINKS,
  /** The port has as many connections as it may, in all or from that source. */
  REFUSED_FULL,
  /** Bytes that are no HTTP request, or one that could not be handled at all. */
  UNREADABLE_REQUEST,
  /** No whole request head within its time. */
  CLOSED_SILENT,
  /** The peer reads more slowly than we write: outbox full. */
  CLOSED_SLOW,
  /** One write took longer than its deadline. */
  CLOSED_STUCK,
  CLOSED_TOO_BIG,
  CLOSED_NOT_TEXT,
  CLOSED_BAD_UTF8,
  CLOSED_PROTOCOL,
  /** Our own handler failed: a bug. */
  CLOSED_INTERNAL,
  /** A message of ours was longer than a peer would take; not sent, the link stays. */
  UNSENT_TOO_BIG,
  /** No room left among the urgent messages; not sent, the link stays. */
  UNSENT_URGENT,
  /** No room left among the messages about tasks; not sent, the link stays. */
  UNSENT_WORK;

  /** The reason as metrics and logs spell it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package dev.caelum.cluster;

/** With what code a link is closed: from 4000 on they are ours (RFC 6455, 7.4.2). */
final class CloseCode {
  /** Goodbye was said. */
  static final int NORMAL = 1000;

  /** This node stops. */
  static final int GOING_AWAY = 1001;

  /** The peer refuses who this node says it is. */
  static final int POLICY = 1008;

  /** There is no room for one more member. */
  static final int TRY_LATER = 1013;

  /** The link leads to this node itself. */
  static final int SELF = 4000;

  /** Another link stands for this node, or another start of it; no sign of anything else. */
  static final int SPARE = 4001;

  /** No registration came in time. */
  static final int UNREGISTERED = 4002;

  /** The ends have no protocol version in common. */
  static final int VERSION = 4003;

  /** The ends belong to clusters of different names. */
  static final int FOREIGN = 4004;

  /** Nothing was heard for longer than a link may be silent. */
  static final int SILENT = 4005;

  /** The topology does not want the link and nobody uses it; no sign of anything else. */
  static final int IDLE = 4006;

  /** An operator ended the link: neither end dials by itself. */
  static final int PARTED = 4007;

  private CloseCode() {}
}

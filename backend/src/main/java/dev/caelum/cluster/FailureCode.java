package dev.caelum.cluster;

import java.util.Locale;

/** Why a connection attempt ended without a link: one dictionary for log, page, REST and CLI. */
public enum FailureCode {
  /** The host answered that nothing listens on the port. */
  REFUSED,
  /** No answer to the connect within its time. */
  TIMEOUT,
  /** No route to the address. */
  UNREACHABLE,
  /** Something answered, but not as a Caelum node. */
  NOT_CAELUM,
  /** The link opened, but no registration came in time. */
  NO_REGISTRATION,
  /** No protocol version in common. */
  VERSION,
  /** The peer rejected our key. */
  AUTH,
  /** The peer's clock is too far from ours. */
  CLOCK,
  /** Two live machines under one id. */
  DUPLICATE_ID,
  /** The address is this node. */
  SELF,
  /** A link to that machine exists. */
  ALREADY,
  /** The name could not be resolved. */
  NAME,
  /** The machine belongs to another, explicitly named cluster. */
  FOREIGN,
  /** The dial policy forbids the target. */
  POLICY,
  /** The budget for new dials is used up for the moment. */
  BUDGET,
  /** Stopped after repeated failures. */
  GAVE_UP,
  /** An open link broke. */
  LOST,
  /** An operator ended the link. */
  DISCONNECTED;

  /** The code as the API spells it, in lower case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}

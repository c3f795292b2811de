package dev.caelum.beacon;

import java.util.Locale;

/** Why a datagram was not handed on. */
public enum Refusal {
  /** Longer than {@link Datagram#MAX_BYTES}. */
  OVERSIZE,
  /** No payload at all. */
  EMPTY,
  /** Does not begin like a JSON object. */
  NOT_JSON,
  /** The source sent more than its share. */
  RATE,
  /** All sources together sent more than is taken. */
  RATE_ALL,
  /** The same bytes from the same source within two seconds: another copy, no fault of anyone. */
  COPY;

  /** The word used in metrics and logs. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

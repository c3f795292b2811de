package dev.caelum.wire;

import java.util.Locale;

/** Why something from the network was refused; also the reason's name in metrics. */
public enum Refusal {
  /** More bytes or characters than allowed. */
  OVERSIZE,
  /** Not strict UTF-8. */
  ENCODING,
  /** Not JSON, or JSON with duplicate keys, NaN, too deep, too long or with too many tokens. */
  SYNTAX,
  /** JSON without a shape that we know. */
  UNKNOWN_SHAPE,
  /** A known shape with a missing, superfluous or mistyped key. */
  SCHEMA,
  /** A message type that we do not know. */
  UNKNOWN_TYPE,
  /** A frame out of its numbered order. */
  OUT_OF_ORDER;

  /** Lower case, as metrics spell it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}

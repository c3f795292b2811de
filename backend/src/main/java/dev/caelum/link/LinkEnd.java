package dev.caelum.link;

/**
 * Why a link ended: the first cause that was seen, not what followed from it.
 *
 * @param code the WebSocket close code, {@link #LOST} when the connection broke without one and
 *     {@link #NO_CODE} when a close came without one
 * @param reason the reason in words, at most 123 characters, free of control characters
 * @param byPeer whether the peer ended it, by a close or by breaking the connection
 */
public record LinkEnd(int code, String reason, boolean byPeer) {
  public static final int NORMAL = 1000;
  public static final int GOING_AWAY = 1001;
  public static final int PROTOCOL_ERROR = 1002;
  public static final int NOT_TEXT = 1003;
  public static final int NO_CODE = 1005;
  public static final int LOST = 1006;
  public static final int BAD_UTF8 = 1007;
  public static final int TOO_BIG = 1009;
  public static final int INTERNAL = 1011;
  public static final int TRY_LATER = 1013;

  /** The connection broke or was aborted: no close code was exchanged. */
  static LinkEnd lost(String reason, boolean byPeer) {
    return new LinkEnd(LOST, Evidence.clean(reason, 123), byPeer);
  }

  /** The peer sent a close frame. */
  static LinkEnd peerClosed(int code, String reason) {
    return new LinkEnd(code, Evidence.clean(reason, 123), true);
  }

  /** This node decided to close. */
  static LinkEnd ours(int code, String reason) {
    return new LinkEnd(code, Evidence.clean(reason, 123), false);
  }
}

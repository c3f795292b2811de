package dev.caelum.http;

import dev.caelum.feed.Notification;
import java.util.List;

/** The Notification object of the API. */
public record NotificationView(
    String id,
    String time,
    String kind,
    String level,
    String code,
    String text,
    List<String> machines,
    int count) {

  static NotificationView of(Notification from) {
    return new NotificationView(
        from.id(),
        from.time().toString(),
        Words.of(from.kind()),
        Words.of(from.level()),
        from.code(),
        from.text(),
        from.machines(),
        from.count());
  }

  /** What a webhook gets: the notification, and which node noticed it. */
  public record PostedView(
      String machineId, String hostname, String clusterName, NotificationView notification) {}

  /** The body of a webhook's request. */
  public static byte[] posted(
      Notification from, String machineId, String hostname, String clusterName) {
    return Json.bytes(new PostedView(machineId, hostname, clusterName, of(from)));
  }
}

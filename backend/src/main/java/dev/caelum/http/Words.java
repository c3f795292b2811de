package dev.caelum.http;

import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.Member;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Enumerations as the API spells them. */
final class Words {
  private Words() {}

  /** The name in lower case. */
  static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** {@code host:port}, an IPv6 host in brackets. */
  static String endpoint(String host, int port) {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }

  /** Nanoseconds as seconds with three decimals. */
  static double seconds(long nanos) {
    return Math.round(nanos / 1e6) / 1e3;
  }

  /** The name of the machine with that key; the key itself when nobody has it any more. */
  static String machine(ClusterSnapshot table, String key) {
    Member member = member(table, key);
    return member == null ? key : member.hostname();
  }

  /** The state of the machine with that key; null when nobody has it any more. */
  static @Nullable String machineState(ClusterSnapshot table, String key) {
    Member member = member(table, key);
    return member == null ? null : of(member.state());
  }

  private static @Nullable Member member(ClusterSnapshot table, String key) {
    for (Member member : table.members()) {
      if (member.key().equals(key)) {
        return member;
      }
    }
    return null;
  }
}

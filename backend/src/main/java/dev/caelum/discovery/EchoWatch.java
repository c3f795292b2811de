package dev.caelum.discovery;

import dev.caelum.beacon.Via;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Whether our own beacons come back, by interface: the cheapest test of a LAN there is. */
public final class EchoWatch {
  /** A beacon's echo counts for two announcements. */
  private static final int KEPT = 2;

  private static final int REMEMBERED = 16;

  /** The last announcements by their turn; answers use up numbers too but have no echo. */
  private final long[] sequences = new long[REMEMBERED];

  private final long[] sentAt = new long[REMEMBERED];
  private final Map<String, Heard> heard = new ConcurrentHashMap<>();
  private long announced;

  /** What one interface heard of us, as turns. */
  private static final class Heard {
    long multicast = -1;
    long broadcast = -1;
    long measured = -1;
    long nanos = -1;
  }

  /** How the last echoes of one interface were. */
  public record Echo(@Nullable Double millis, boolean multicast, boolean broadcast) {
    /** Nothing came back. */
    public static final Echo NONE = new Echo(null, false, false);
  }

  /** An announcement with this number leaves now. */
  synchronized void sent(long sequence, long at) {
    int slot = slot(announced++);
    sequences[slot] = sequence;
    sentAt[slot] = at;
  }

  /** One of its copies came back; the first one is measured. */
  synchronized void heard(long sequence, String interfaceName, Via via, long at) {
    long turn = turn(sequence);
    if (turn < 0) {
      return;
    }
    Heard here = heard.computeIfAbsent(interfaceName, _ -> new Heard());
    switch (via) {
      case MULTICAST -> here.multicast = turn;
      case BROADCAST -> here.broadcast = turn;
      case UNKNOWN -> {
        // A wildcard socket cannot tell which of the two it heard, so neither may look missing.
        here.multicast = turn;
        here.broadcast = turn;
      }
      case UNICAST -> {
        return;
      }
    }
    if (here.measured != turn) {
      here.measured = turn;
      here.nanos = at - sentAt[slot(turn)];
    }
  }

  /** How the echoes of {@code interfaceName} are now. */
  public synchronized Echo echo(String interfaceName) {
    Heard here = heard.get(interfaceName);
    if (here == null) {
      return Echo.NONE;
    }
    return new Echo(
        here.nanos < 0 ? null : here.nanos / 1e6, fresh(here.multicast), fresh(here.broadcast));
  }

  private boolean fresh(long turn) {
    return turn >= 0 && turn >= announced - KEPT;
  }

  /** The turn of the announcement with that number; -1 when it is none of the last ones. */
  private long turn(long sequence) {
    for (long turn = announced - 1; turn >= Math.max(0, announced - REMEMBERED); turn--) {
      if (sequences[slot(turn)] == sequence) {
        return turn;
      }
    }
    return -1;
  }

  private static int slot(long turn) {
    return (int) (turn % REMEMBERED);
  }
}

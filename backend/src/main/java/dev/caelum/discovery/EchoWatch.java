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

  private final long[] sentAt = new long[REMEMBERED];
  private final Map<String, Heard> heard = new ConcurrentHashMap<>();
  private long lastSequence;

  /** What one interface heard of us. */
  private static final class Heard {
    long multicast = -1;
    long broadcast = -1;
    long nanos = -1;
  }

  /** How the last echoes of one interface were. */
  public record Echo(@Nullable Double millis, boolean multicast, boolean broadcast) {
    /** Nothing came back. */
    public static final Echo NONE = new Echo(null, false, false);
  }

  /** A beacon with this number leaves now. */
  synchronized void sent(long sequence, long at) {
    lastSequence = sequence;
    sentAt[slot(sequence)] = at;
  }

  /** One of its copies came back. */
  synchronized void heard(long sequence, String interfaceName, Via via, long at) {
    if (sequence > lastSequence || sequence <= lastSequence - REMEMBERED) {
      return;
    }
    Heard here = heard.computeIfAbsent(interfaceName, _ -> new Heard());
    switch (via) {
      case MULTICAST -> here.multicast = sequence;
      case BROADCAST -> here.broadcast = sequence;
      case UNICAST, UNKNOWN -> here.multicast = sequence;
    }
    here.nanos = at - sentAt[slot(sequence)];
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

  private boolean fresh(long sequence) {
    return sequence >= 0 && sequence > lastSequence - KEPT;
  }

  private static int slot(long sequence) {
    return (int) (sequence % REMEMBERED);
  }
}

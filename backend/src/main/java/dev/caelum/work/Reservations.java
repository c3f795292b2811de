package dev.caelum.work;

import dev.caelum.task.ResourceNeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What of this machine is reserved, by whom and until when. More than there is can never be
 * reserved, however many ask at once. Any thread may call.
 */
public final class Reservations implements Resources {
  /** How many there can be at a time. */
  public static final int LIMIT = 256;

  public static final Duration SHORTEST = Duration.ofSeconds(1);
  public static final Duration LONGEST = Duration.ofHours(24);

  private final Supplier<ResourceNeed> capacity;
  private final LongSupplier clock;
  private final Map<String, Held> held = new LinkedHashMap<>();
  private final Map<Long, ResourceNeed> running = new HashMap<>();

  private record Held(String owner, ResourceNeed need, long endsAt) {}

  /**
   * One reservation.
   *
   * @param owner who asked, for people
   * @param left until it ends by itself
   */
  public record Reservation(String id, String owner, ResourceNeed need, Duration left) {}

  /** What became of a request. */
  public sealed interface Answer {
    /** It holds. */
    record Granted(Reservation reservation) implements Answer {}

    /**
     * It does not.
     *
     * @param code {@code too_much}, {@code not_free}, {@code nothing}, {@code full} or {@code time}
     * @param text a sentence for people
     */
    record Refused(String code, String text) implements Answer {}
  }

  /**
   * @param capacity all that the machine has
   * @param clock monotonic nanoseconds
   */
  public Reservations(Supplier<ResourceNeed> capacity, LongSupplier clock) {
    this.capacity = capacity;
    this.clock = clock;
  }

  /** Asks for resources. */
  public synchronized Answer request(String owner, ResourceNeed need, Duration time) {
    expire();
    ResourceNeed all = capacity.get();
    ResourceNeed free = free();
    if (need.equals(ResourceNeed.NONE)) {
      return new Answer.Refused("nothing", "Ask for cores, memory or graphics cards.");
    }
    if (outside(time)) {
      return new Answer.Refused("time", "A reservation lasts 1 s to 24 h.");
    }
    if (!fits(need, all)) {
      return new Answer.Refused("too_much", "Asked for " + text(need) + "; it has " + text(all));
    }
    if (!fits(need, free)) {
      return new Answer.Refused(
          "not_free", "Asked for " + text(need) + "; free are " + text(free) + " of " + text(all));
    }
    if (held.size() >= LIMIT) {
      return new Answer.Refused("full", "There are " + LIMIT + " reservations already.");
    }
    String id = "r-" + UUID.randomUUID();
    Held now = new Held(owner, need, clock.getAsLong() + time.toNanos());
    held.put(id, now);
    return new Answer.Granted(view(id, now));
  }

  private static boolean outside(Duration time) {
    return time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0;
  }

  /** Lets a reservation last so long from now; null when there is none, or the time is no time. */
  public synchronized @Nullable Reservation renew(String id, Duration time) {
    expire();
    Held before = held.get(id);
    if (before == null || outside(time)) {
      return null;
    }
    Held now = new Held(before.owner(), before.need(), clock.getAsLong() + time.toNanos());
    held.put(id, now);
    return view(id, now);
  }

  /** Gives a reservation back; null when there is none of that id. */
  public synchronized @Nullable Reservation release(String id) {
    expire();
    Held before = held.remove(id);
    return before == null ? null : view(id, before);
  }

  /** All that hold now, the oldest first. */
  public synchronized List<Reservation> list() {
    expire();
    List<Reservation> out = new ArrayList<>();
    held.forEach((id, each) -> out.add(view(id, each)));
    return out;
  }

  /** All that the machine has. */
  public ResourceNeed capacity() {
    return capacity.get();
  }

  /** What is neither reserved nor taken by tasks that run. */
  public synchronized ResourceNeed free() {
    expire();
    ResourceNeed all = capacity.get();
    double cores = all.cores();
    double memory = all.memoryGib();
    int gpus = all.gpus();
    List<ResourceNeed> taken = new ArrayList<>(running.values());
    held.values().forEach(each -> taken.add(each.need()));
    for (ResourceNeed need : taken) {
      cores -= need.cores();
      memory -= need.memoryGib();
      gpus -= need.gpus();
    }
    return new ResourceNeed(Math.max(0, cores), Math.max(0, memory), Math.max(0, gpus));
  }

  /** What tasks take that run now. */
  public synchronized int running() {
    return running.size();
  }

  @Override
  public boolean possible(ResourceNeed need) {
    return need.equals(ResourceNeed.NONE) || fits(need, capacity.get());
  }

  @Override
  public synchronized boolean take(long number, ResourceNeed need) {
    if (!fits(need, free())) {
      return false;
    }
    running.put(number, need);
    return true;
  }

  @Override
  public synchronized void give(long number) {
    running.remove(number);
  }

  private void expire() {
    long now = clock.getAsLong();
    for (Iterator<Held> each = held.values().iterator(); each.hasNext(); ) {
      if (now - each.next().endsAt() >= 0) {
        each.remove();
      }
    }
  }

  private Reservation view(String id, Held of) {
    return new Reservation(
        id, of.owner(), of.need(), Duration.ofNanos(of.endsAt() - clock.getAsLong()));
  }

  private static boolean fits(ResourceNeed need, ResourceNeed there) {
    // Sums of fractions are not exact.
    double grain = 1e-6;
    return need.cores() <= there.cores() + grain
        && need.memoryGib() <= there.memoryGib() + grain
        && need.gpus() <= there.gpus();
  }

  private static String text(ResourceNeed need) {
    return String.format(
        Locale.ROOT,
        "%.1f cores, %.1f GiB, %d graphics cards",
        need.cores(),
        need.memoryGib(),
        need.gpus());
  }
}

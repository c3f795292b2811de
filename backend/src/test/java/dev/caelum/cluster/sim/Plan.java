package dev.caelum.cluster.sim;

import dev.caelum.cluster.sim.World.Weather;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What happens in one run of {@link Chaos}, drawn from its seed beforehand. Each part draws from a
 * generator of its own and names machines by places that do not shift, so that a part can be left
 * out and the others stay as they are.
 *
 * @param named whether each node is told of all that started before it
 * @param faultsAt when the first fault may come
 */
record Plan(
    long seed,
    Weather weather,
    boolean named,
    List<Start> starts,
    List<Start> olds,
    long faultsAt,
    List<Fault> faults) {
  private static final long SECOND = World.SECOND;
  private static final long MILLI = World.MILLI;

  /** Places from here on are those of machines that faults add, by the fault's number. */
  static final int ADDED = 50;

  /** Node or old node number {@code place} starts {@code at} nanoseconds after the beginning. */
  record Start(int place, long at, int port) {}

  /** What can befall a machine. */
  enum Kind {
    KILL,
    RESTART,
    PAUSE,
    STOP,
    PARTITION,
    ONE_WAY,
    ISOLATE,
    MOVE,
    FORGE,
    POWER_CYCLE,
    /** A second process on the same host. */
    TWIN,
    /** A copied disk: another machine with the same id. */
    CLONE;

    boolean adds() {
      return this == TWIN || this == CLONE;
    }
  }

  /**
   * One fault.
   *
   * @param victim the place that it befalls
   * @param other a second place, for those that need one
   * @param lasts nanoseconds until it is over, for those that end
   * @param seed of whatever else it draws
   */
  record Fault(int number, long at, Kind kind, int victim, int other, long lasts, long seed) {}

  static Plan of(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Weather weather =
        new Weather(
            pick(random, 0, 0, 0.1, 0.3),
            pick(random, 0, 0, 0.2),
            MILLI / 5,
            (long) (pick(random, 1, 5, 50, 400) * MILLI),
            pick(random, 0, 0, 0.05),
            random.nextInt(1, 3));
    int size = random.nextInt(3, random.nextInt(5) == 0 ? 11 : 6);
    boolean together = random.nextBoolean();
    boolean named = random.nextInt(4) == 0;
    List<Start> starts = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      long at = together ? random.nextLong(5) * MILLI : random.nextLong(8 * SECOND);
      starts.add(new Start(i, at, 8080));
    }
    int old = random.nextInt(4) == 0 ? random.nextInt(1, 4) : 0;
    List<Start> olds = new ArrayList<>();
    for (int i = 0; i < old; i++) {
      int port = (int) pick(random, 8080, 8080, 8081, 8095);
      olds.add(new Start(i, random.nextLong(15 * SECOND), port));
    }
    long faultsAt = random.nextLong(100 * MILLI, 12 * SECOND);
    return new Plan(
        seed, weather, named, starts, olds, faultsAt, faults(random.split(), size, faultsAt));
  }

  private static List<Fault> faults(SplittableRandom random, int size, long first) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      places.add(i);
    }
    List<Fault> faults = new ArrayList<>();
    int count = random.nextInt(1, 7);
    long at = first;
    for (int i = 0; i < count; i++) {
      SplittableRandom own = random.split();
      Kind kind = Kind.values()[own.nextInt(Kind.values().length)];
      int victim = places.get(own.nextInt(places.size()));
      int other = places.get(own.nextInt(places.size()));
      faults.add(new Fault(i, at, kind, victim, other, lasts(own, kind), own.nextLong()));
      if (kind.adds()) {
        places.add(ADDED + i);
      }
      at += (long) pick(own, 0, 0.05 * SECOND, SECOND, 6 * SECOND, 20 * SECOND);
    }
    return faults;
  }

  private static long lasts(SplittableRandom random, Kind kind) {
    double seconds =
        switch (kind) {
          case RESTART -> pick(random, 0, 0.01, 1, 5, 20);
          case POWER_CYCLE -> pick(random, 1, 5, 30);
          case PAUSE -> pick(random, 0.5, 3, 8, 20);
          case PARTITION, ONE_WAY, ISOLATE -> pick(random, 0.3, 3, 8, 25);
          case KILL, STOP, MOVE, FORGE, TWIN, CLONE -> 0;
        };
    return (long) (seconds * SECOND);
  }

  /** When the last fault began. */
  long lastAt() {
    return faults.isEmpty() ? faultsAt : faults.getLast().at();
  }

  /** How many things may be left out. */
  int parts() {
    return faults.size() + olds.size() + starts.size() + (weather.equals(Weather.FAIR) ? 0 : 1);
  }

  /** The same with one part left out, each in turn: faults first, then machines, the weather. */
  List<Plan> smaller() {
    List<Plan> out = new ArrayList<>();
    for (Fault fault : faults) {
      out.add(with(weather, starts, olds, without(faults, fault)));
    }
    for (Start old : olds) {
      out.add(with(weather, starts, without(olds, old), faults));
    }
    for (Start start : starts) {
      out.add(with(weather, without(starts, start), olds, faults));
    }
    if (!weather.equals(Weather.FAIR)) {
      out.add(with(Weather.FAIR, starts, olds, faults));
    }
    return out;
  }

  private Plan with(Weather sky, List<Start> some, List<Start> old, List<Fault> few) {
    return new Plan(seed, sky, named, some, old, faultsAt, few);
  }

  private static <T> List<T> without(List<T> all, T one) {
    return all.stream().filter(each -> !each.equals(one)).toList();
  }

  private static double pick(SplittableRandom random, double... values) {
    return values[random.nextInt(values.length)];
  }
}

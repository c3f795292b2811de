package dev.caelum.ui.state;

import dev.caelum.ui.client.Machine;
import java.util.AbstractList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The machines of one moment, in no order that says anything. What all windows need of them is
 * worked out once for all windows.
 */
public final class Machines extends AbstractList<Machine> implements RandomAccess {
  private final List<Machine> all;
  private final List<Machine> own;
  private final List<Machine> counted;
  private final Tally tally;
  private final Map<Comparator<Machine>, List<Machine>> sorted = new ConcurrentHashMap<>();

  Machines(Collection<Machine> machines) {
    all = List.copyOf(machines);
    own = all.stream().filter(machine -> !machine.foreign()).toList();
    counted = own.stream().filter(machine -> machine.self() || !machine.ignored()).toList();
    tally = Tally.of(counted);
  }

  @Override
  public Machine get(int index) {
    return all.get(index);
  }

  @Override
  public int size() {
    return all.size();
  }

  /**
   * All machines in {@code order}.
   *
   * @param order a constant: what it gives is kept for the next who asks
   */
  public List<Machine> in(Comparator<Machine> order) {
    return sorted.computeIfAbsent(order, by -> all.stream().sorted(by).toList());
  }

  /** How those that are counted are. */
  public Tally tally() {
    return tally;
  }

  List<Machine> own() {
    return own;
  }

  List<Machine> counted() {
    return counted;
  }
}

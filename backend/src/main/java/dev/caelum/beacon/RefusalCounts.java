package dev.caelum.beacon;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many datagrams were refused for each reason. */
final class RefusalCounts {
  private final Map<Refusal, LongAdder> counts = new ConcurrentHashMap<>();

  void count(Refusal refusal) {
    counts.computeIfAbsent(refusal, _ -> new LongAdder()).increment();
  }

  /** Only reasons that occurred. */
  Map<Refusal, Long> counted() {
    Map<Refusal, Long> result = new EnumMap<>(Refusal.class);
    counts.forEach((refusal, count) -> result.put(refusal, count.sum()));
    return result;
  }
}

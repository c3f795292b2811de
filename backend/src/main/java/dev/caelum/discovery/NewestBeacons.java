package dev.caelum.discovery;

import java.util.LinkedHashMap;
import java.util.Map;

/** The newest beacon number of each instance that was heard by IPv4; bounded, oldest first out. */
final class NewestBeacons {
  private static final int LIMIT = 4_096;

  /** So many beacons in a row may be lost before an instance counts as silent on IPv4. */
  private static final int MISSED = 3;

  private final Map<String, Long> newest = new LinkedHashMap<>();

  synchronized void heard(String instance, long sequence) {
    Long known = newest.remove(instance);
    newest.put(instance, known == null ? sequence : Math.max(known, sequence));
    if (newest.size() > LIMIT) {
      newest.remove(newest.keySet().iterator().next());
    }
  }

  /** Whether IPv4 is silent: never heard, or behind {@code sequence} by several beacons. */
  synchronized boolean missed(String instance, long sequence) {
    Long known = newest.get(instance);
    return known == null || known < sequence - MISSED;
  }
}

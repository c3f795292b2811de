package dev.caelum.node;

import dev.caelum.service.Service;
import dev.caelum.service.Spoken;
import dev.caelum.service.Tool;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What one machine told of its services. Bounded by their number, and the tools of all machines
 * together by their characters: a service beyond that is kept without its tools. Any thread may
 * call.
 */
final class ToldServices {
  private static final int SERVICES = 512;

  /** Characters of tools of all machines. */
  static final int TOOLS = 8 << 20;

  private final AtomicInteger characters;
  private final NavigableMap<String, Service> told = new TreeMap<>();

  /**
   * @param characters of the tools of all machines
   */
  ToldServices(AtomicInteger characters) {
    this.characters = characters;
  }

  synchronized List<Service> all() {
    return List.copyOf(told.values());
  }

  /** Forgets all. */
  synchronized void clear() {
    told.values().forEach(service -> characters.addAndGet(-size(service)));
    told.clear();
  }

  synchronized void put(Service service) {
    String name = "%05d %s".formatted(service.port(), service.port() == 0 ? service.name() : "");
    Service before = told.remove(name);
    if (before != null) {
      characters.addAndGet(-size(before));
    }
    if (told.size() < SERVICES) {
      int size = size(service);
      boolean fits = characters.addAndGet(size) <= TOOLS;
      if (!fits) {
        characters.addAndGet(-size);
      }
      told.put(name, fits ? service : withoutTools(service));
    }
  }

  private static int size(Service service) {
    Spoken spoken = service.spoken();
    return spoken == null ? 0 : spoken.tools().stream().mapToInt(Tool::characters).sum();
  }

  private static Service withoutTools(Service service) {
    Spoken spoken = service.spoken();
    return spoken == null
        ? service
        : new Service(
            service.port(),
            service.name(),
            service.state(),
            service.reason(),
            service.holder(),
            new Spoken(
                spoken.transport(),
                spoken.name(),
                spoken.version(),
                spoken.latencyMillis(),
                List.of(),
                spoken.toolsLeftOut() + spoken.tools().size()),
            service.configured(),
            service.sinceMillis());
  }
}

package dev.caelum.mcp;

import dev.caelum.mcp.LanServices.Place;
import dev.caelum.service.Spoken;
import dev.caelum.service.Tool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names for the tools of all machines, each name once: {@code machine__tool}; with the service
 * between where one machine has the tool twice, then with the port, then with the machine's key. A
 * tool that several machines offer goes by its plain name, too. Pure.
 */
final class ToolCatalog {
  /** How many tools are offered at most; an assistant reads each of them. */
  static final int MAX = 1_024;

  /** What the names of tools may have for every known client. */
  private static final int NAME = 64;

  /**
   * A tool under one name.
   *
   * @param places where it may be called, one unless the name is a plain one
   */
  record Entry(String name, Tool tool, List<Place> places) {
    Entry {
      places = List.copyOf(places);
    }

    /** What an assistant reads. */
    String description() {
      if (places.size() == 1) {
        Place place = places.getFirst();
        return "%s (Tool %s of %s on machine %s.)"
            .formatted(tool.description(), tool.name(), place.service().name(), place.machine());
      }
      List<String> machines = places.stream().map(Place::machine).distinct().toList();
      return "%s (Runs on the least busy of: %s.)"
          .formatted(tool.description(), String.join(", ", machines));
    }
  }

  private ToolCatalog() {}

  /**
   * The tools by name, in the order of their machines.
   *
   * @param taken names that are used otherwise
   */
  static Map<String, Entry> of(List<Place> ready, Set<String> taken) {
    List<Place> places =
        ready.stream()
            .sorted(
                Comparator.comparing(Place::machine)
                    .thenComparing(Place::key)
                    .thenComparingInt(place -> place.service().port()))
            .toList();
    Map<String, Entry> named = new LinkedHashMap<>();
    Map<String, List<Entry>> alike = new LinkedHashMap<>();
    for (Place place : places) {
      for (Tool tool : tools(place)) {
        String name = free(place, tool, named, taken);
        if (name != null && named.size() < MAX) {
          Entry entry = new Entry(name, tool, List.of(place));
          named.put(name, entry);
          alike.computeIfAbsent(plain(tool.name()), _ -> new ArrayList<>()).add(entry);
        }
      }
    }
    alike.forEach((name, entries) -> {
      List<Place> all = entries.stream().map(entry -> entry.places().getFirst()).toList();
      boolean several = all.stream().map(Place::key).distinct().count() > 1;
      if (several && !taken.contains(name) && named.size() < MAX) {
        named.putIfAbsent(name, new Entry(name, entries.getFirst().tool(), all));
      }
    });
    return named;
  }

  private static List<Tool> tools(Place place) {
    Spoken spoken = place.service().spoken();
    return spoken == null ? List.of() : spoken.tools();
  }

  private static @Nullable String free(
      Place place, Tool tool, Map<String, Entry> named, Set<String> taken) {
    String machine = plain(place.machine().toLowerCase(Locale.ROOT));
    int port = place.service().port();
    List<String> prefixes =
        List.of(
            machine,
            machine + "__" + plain(place.service().name()),
            machine + "__" + port,
            plain(place.key()) + "__" + port);
    for (String prefix : prefixes) {
      String name = cut(prefix + "__" + plain(tool.name()));
      if (!named.containsKey(name) && !taken.contains(name)) {
        return name;
      }
    }
    return null;
  }

  private static String plain(String text) {
    return cut(text.replaceAll("[^A-Za-z0-9_-]", "-"));
  }

  /** The end tells tools apart better than the beginning. */
  private static String cut(String name) {
    return name.length() <= NAME ? name : name.substring(name.length() - NAME);
  }
}

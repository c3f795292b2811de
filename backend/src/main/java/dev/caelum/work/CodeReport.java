package dev.caelum.work;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an analysis, or a part of it, found. Reports of parts add up.
 *
 * @param languages files and lines of each
 * @param hotSpots the files most worth a look, first: size times branches
 * @param duplicates the largest first
 */
public record CodeReport(
    long files,
    long lines,
    long blank,
    Map<String, Count> languages,
    List<HotSpot> hotSpots,
    List<Duplicate> duplicates) {
  /** Hot spots and duplicates that one report names. */
  static final int NAMED = 50;

  public CodeReport {
    languages = Map.copyOf(languages);
    hotSpots = List.copyOf(hotSpots);
    duplicates = List.copyOf(duplicates);
  }

  public static final CodeReport EMPTY = new CodeReport(0, 0, 0, Map.of(), List.of(), List.of());

  /** Of one language. */
  public record Count(long files, long lines) {
    Count plus(Count other) {
      return new Count(files + other.files, lines + other.lines);
    }
  }

  /**
   * A file that is large and branches a lot.
   *
   * @param branches words and signs that branch, such as {@code if} and {@code &&}
   */
  public record HotSpot(String file, long lines, long branches) {
    double score() {
      return (double) lines * (branches + 1);
    }
  }

  /**
   * The same code at several places.
   *
   * @param places {@code FILE:LINE}
   */
  public record Duplicate(int lines, int tokens, List<String> places) {
    public Duplicate {
      places = List.copyOf(places);
    }
  }

  /** Both together. */
  public CodeReport plus(CodeReport other) {
    Map<String, Count> both = new TreeMap<>(languages);
    other.languages.forEach((language, count) -> both.merge(language, count, Count::plus));
    List<HotSpot> spots = new ArrayList<>(hotSpots);
    spots.addAll(other.hotSpots);
    spots.sort(Comparator.comparingDouble(HotSpot::score).reversed().thenComparing(HotSpot::file));
    List<Duplicate> same = new ArrayList<>(duplicates);
    same.addAll(other.duplicates);
    same.sort(
        Comparator.comparingInt(Duplicate::tokens)
            .reversed()
            .thenComparing(each -> each.places().toString()));
    return new CodeReport(
        files + other.files,
        lines + other.lines,
        blank + other.blank,
        both,
        spots.subList(0, Math.min(NAMED, spots.size())),
        same.subList(0, Math.min(NAMED, same.size())));
  }

  /** As a result tells it. */
  public JsonObject write() {
    JsonObjectBuilder byLanguage = Json.createObjectBuilder();
    new TreeMap<>(languages)
        .forEach((language, count) ->
            byLanguage.add(
                language,
                Json.createObjectBuilder().add("files", count.files).add("lines", count.lines)));
    JsonArrayBuilder spots = Json.createArrayBuilder();
    hotSpots.forEach(spot ->
        spots.add(
            Json.createObjectBuilder()
                .add("file", spot.file)
                .add("lines", spot.lines)
                .add("branches", spot.branches)));
    JsonArrayBuilder same = Json.createArrayBuilder();
    duplicates.forEach(each ->
        same.add(
            Json.createObjectBuilder()
                .add("lines", each.lines)
                .add("tokens", each.tokens)
                .add("places", Json.createArrayBuilder(each.places))));
    return Json.createObjectBuilder()
        .add("files", files)
        .add("lines", lines)
        .add("blank", blank)
        .add("languages", byLanguage)
        .add("hot_spots", spots)
        .add("duplicates", same)
        .build();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws RuntimeException when it is something else
   */
  public static CodeReport read(JsonObject json) {
    Map<String, Count> languages = new TreeMap<>();
    json.getJsonObject("languages")
        .forEach((language, count) -> {
          JsonObject of = count.asJsonObject();
          languages.put(language, new Count(whole(of, "files"), whole(of, "lines")));
        });
    List<HotSpot> spots = new ArrayList<>();
    for (JsonValue each : json.getJsonArray("hot_spots")) {
      JsonObject spot = each.asJsonObject();
      spots.add(new HotSpot(spot.getString("file"), whole(spot, "lines"), whole(spot, "branches")));
    }
    List<Duplicate> same = new ArrayList<>();
    for (JsonValue each : json.getJsonArray("duplicates")) {
      JsonObject duplicate = each.asJsonObject();
      List<String> places =
          duplicate.getJsonArray("places").getValuesAs(JsonString.class).stream()
              .map(JsonString::getString)
              .toList();
      same.add(new Duplicate(duplicate.getInt("lines"), duplicate.getInt("tokens"), places));
    }
    return new CodeReport(
        whole(json, "files"), whole(json, "lines"), whole(json, "blank"), languages, spots, same);
  }

  private static long whole(JsonObject json, String key) {
    return json.getJsonNumber(key).longValueExact();
  }
}

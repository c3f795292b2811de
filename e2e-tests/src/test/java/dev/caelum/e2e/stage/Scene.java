package dev.caelum.e2e.stage;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * What a node tells: the files of {@code src/test/resources/stage}, where {@code @-5m} is the
 * moment five minutes ago.
 */
public final class Scene {
  /** Texts that pages have been broken with, or taken over. */
  static final List<String> ATTACKS =
      List.of(
          "<script>window.hit=1</script>",
          "<img src=x onerror=window.hit=1>",
          "${window.hit=1}{{window.hit=1}}",
          "x".repeat(300),
          "\u202Egpj.exe\u202C \u2066\u2067 \u200f",
          "\u001b[31mred\u001b[0m\r\nsecond line\u0007",
          "👩‍👩‍👧‍👦".repeat(20) + " e\u0301 \uD83D",
          "fe80::1ff:fe23:4567:890a%25eth0-with-a-long-zone-name",
          "\" onmouseover=\"window.hit=1\" x=\"' ; DROP TABLE machines; --",
          "javascript:window.hit=1//%0awindow.hit=1",
          "{0} {1,choice,0#x} '' %s %n");

  /** What is not for people: the page reads it as a word of the API. */
  private static final Set<String> WORDS_OF_THE_API =
      Set.of(
          "state",
          "time",
          "at",
          "since",
          "until",
          "started_at",
          "created_at",
          "changed_at",
          "level",
          "category",
          "direction",
          "phase",
          "method",
          "machine_state");

  private final boolean hostile;

  private Scene(boolean hostile) {
    this.hostile = hostile;
  }

  /** Eleven machines, some of them in trouble, with services, ports, tasks and a past. */
  public static Scene usual() {
    return new Scene(false);
  }

  /** The same with an attack in every text. */
  public static Scene hostile() {
    return new Scene(true);
  }

  JsonObject read(String name) {
    try (InputStream in = Scene.class.getResourceAsStream("/stage/" + name + ".json");
        var reader = Json.createReader(Objects.requireNonNull(in, name))) {
      return (JsonObject) told(reader.readObject(), "", new int[] {name.hashCode()});
    } catch (IOException e) {
      throw new IllegalStateException(name, e);
    }
  }

  private JsonValue told(JsonValue value, String name, int[] turn) {
    if (value instanceof JsonObject object) {
      JsonObjectBuilder copy = Json.createObjectBuilder();
      object.forEach((key, each) -> copy.add(key, told(each, key, turn)));
      return copy.build();
    }
    if (value instanceof JsonArray array) {
      JsonArrayBuilder copy = Json.createArrayBuilder();
      array.forEach(each -> copy.add(told(each, name, turn)));
      return copy.build();
    }
    return value instanceof JsonString text
        ? Json.createValue(text(text.getString(), name, turn))
        : value;
  }

  private String text(String text, String name, int[] turn) {
    if (text.startsWith("@-")) {
      return ago(Duration.parse("PT" + text.substring(2).toUpperCase(Locale.ROOT))).toString();
    }
    if (!hostile || WORDS_OF_THE_API.contains(name)) {
      return text;
    }
    // what names a row stays different from the others
    boolean names = name.equals("key") || name.equals("id") || name.equals("machine_id");
    String attack = ATTACKS.get(Math.floorMod(turn[0]++, ATTACKS.size()));
    return names ? text + attack : attack;
  }

  static Instant ago(Duration age) {
    return Instant.now().minus(age);
  }
}

package dev.caelum.e2e.oldnode;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The machines an old node knows: heard by beacon, forgotten after 60 s; registered over a link,
 * offline 90 s after their last heartbeat. Safe for use by several threads.
 */
final class Acquaintances {
  private static final Duration BEACON_LIFE = Duration.ofSeconds(60);
  private static final Duration HEARTBEAT_LIFE = Duration.ofSeconds(90);

  private record Heard(String address, int forgotten, long nanos) {}

  private record Registered(JsonObject info, int wentOffline, long nanos) {}

  private final Map<String, Heard> heard = new LinkedHashMap<>();
  private final Map<String, Registered> registered = new LinkedHashMap<>();

  synchronized void heard(String machine, String address) {
    long now = System.nanoTime();
    Heard before = heard.get(machine);
    int forgotten = before == null ? 0 : before.forgotten();
    if (before != null && now - before.nanos() > BEACON_LIFE.toNanos()) {
      forgotten++;
    }
    heard.put(machine, new Heard(address, forgotten, now));
  }

  synchronized void registered(JsonObject info) {
    String machine = info.getString("machine_id");
    Registered before = registered.get(machine);
    registered.put(
        machine, new Registered(info, before == null ? 0 : offlines(before), System.nanoTime()));
  }

  /** Notes a heartbeat; false when the machine never registered. */
  synchronized boolean heartbeat(String machine) {
    Registered before = registered.get(machine);
    if (before == null) {
      return false;
    }
    registered.put(machine, new Registered(before.info(), offlines(before), System.nanoTime()));
    return true;
  }

  private static int offlines(Registered machine) {
    return machine.wentOffline() + (online(machine) ? 0 : 1);
  }

  private static boolean online(Registered machine) {
    return System.nanoTime() - machine.nanos() <= HEARTBEAT_LIFE.toNanos();
  }

  synchronized JsonArray infos() {
    JsonArrayBuilder infos = Json.createArrayBuilder();
    registered.values().forEach(machine -> infos.add(machine.info()));
    return infos.build();
  }

  /**
   * Both lists: {@code heard} {id: {address, forgotten, listed}} and {@code registered} {id:
   * {hostname, online, went_offline}}; {@code forgotten} and {@code went_offline} count how often.
   */
  synchronized JsonObject toJson() {
    var byBeacon = Json.createObjectBuilder();
    heard.forEach((id, machine) ->
        byBeacon.add(
            id,
            Json.createObjectBuilder()
                .add("address", machine.address())
                .add("forgotten", machine.forgotten())
                .add("listed", System.nanoTime() - machine.nanos() <= BEACON_LIFE.toNanos())));
    var byLink = Json.createObjectBuilder();
    registered.forEach((id, machine) ->
        byLink.add(
            id,
            Json.createObjectBuilder()
                .add("hostname", machine.info().getString("hostname"))
                .add("online", online(machine))
                .add("went_offline", offlines(machine))));
    return Json.createObjectBuilder().add("heard", byBeacon).add("registered", byLink).build();
  }
}

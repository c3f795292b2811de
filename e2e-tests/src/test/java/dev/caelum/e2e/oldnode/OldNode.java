package dev.caelum.e2e.oldnode;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An old node, as strict, as silent and as broken as the ones in the field.
 *
 * <p>Options: {@code address=IP} (its own), {@code hostname=NAME}, {@code primary=IP} (what its
 * beacon claims, when that is wrong), {@code port=8080} (where it listens), {@code says=8080} (what
 * its beacon claims), {@code beacon=8181}, {@code services=NAME,...}, {@code page=true} (answers
 * plain HTTP, as an old dashboard does), {@code dialect=cluster} (sends the second shape), {@code
 * clock=SECONDS} (by how much its clock is wrong), {@code mute=true} (takes on no task). It prints
 * {@code ready}, then one line of JSON for every line on standard input, and ends with it. A line
 * that is a JSON object is a task that it gives to all that are linked.
 */
public final class OldNode implements AutoCloseable {
  private static final String PAGE = "{\"total_machines\":1,\"caelum_version\":\"caelum 0.1.0\"}";

  private final Ledger ledger = new Ledger();
  private final Acquaintances machines = new Acquaintances();
  private final OldBeacons beacons;
  private final OldLinks links;

  OldNode(Map<String, String> options) throws IOException {
    OldWire.clockIsOff(Long.parseLong(options.getOrDefault("clock", "0")));
    String address = options.getOrDefault("address", "127.0.0.1");
    OldMachine plain =
        OldMachine.of(
            options.getOrDefault("hostname", "vm"),
            address,
            Integer.parseInt(options.getOrDefault("says", "8080")),
            services(options));
    OldMachine self =
        new OldMachine(
            plain.hostname(),
            address,
            options.getOrDefault("primary", address),
            plain.clusterId(),
            plain.advertised(),
            plain.services());
    boolean cluster = "cluster".equals(options.get("dialect"));
    beacons =
        new OldBeacons(
            cluster ? self::clusterBeacon : self::beacon,
            address,
            Integer.parseInt(options.getOrDefault("beacon", "8181")),
            ledger,
            machines);
    links =
        new OldLinks(
            self,
            Integer.parseInt(options.getOrDefault("port", "8080")),
            options.containsKey("page") ? Optional.of(PAGE) : Optional.empty(),
            options.containsKey("mute"),
            ledger,
            machines);
  }

  private static List<String> services(Map<String, String> options) {
    List<String> services = new ArrayList<>();
    for (String name : options.getOrDefault("services", "").split(",", -1)) {
      if (!name.isEmpty()) {
        services.add(name);
      }
    }
    return services;
  }

  void start() throws IOException {
    links.start();
    beacons.start();
  }

  /** The counters of {@link Ledger} and the lists of {@link Acquaintances}, with open links. */
  JsonObject status() {
    JsonObjectBuilder status = Json.createObjectBuilder(ledger.toJson());
    machines.toJson().forEach(status::add);
    return status.add("links", links.open()).build();
  }

  @Override
  public void close() throws IOException {
    beacons.close();
    links.close();
  }

  public static void main(String[] args) throws IOException {
    Map<String, String> options = new HashMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      options.put(arg.substring(0, equals), arg.substring(equals + 1));
    }
    try (OldNode node = new OldNode(options);
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      node.start();
      System.out.println("ready");
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        OldWire.parse(line).ifPresent(node.links::give);
        System.out.println(node.status());
      }
    }
  }
}

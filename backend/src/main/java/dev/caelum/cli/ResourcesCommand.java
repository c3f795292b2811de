package dev.caelum.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows and reserves what a machine has. */
@Command(
    name = "resources",
    description = "Show what a machine has, what is free, and who reserved what.",
    subcommands = {
      ResourcesCommand.Reserve.class,
      ResourcesCommand.Renew.class,
      ResourcesCommand.Release.class
    })
final class ResourcesCommand implements Callable<Integer> {
  private static final String RESERVATIONS = "/resources/reservations";

  @Mixin private final ClientOptions options = new ClientOptions();

  @Override
  public Integer call() throws Exception {
    JsonObject all = options.client().get("/resources");
    if (options.json()) {
      options.out().println(JsonText.safe(all));
      return ExitCode.OK;
    }
    Table amounts = new Table("", "CORES", "MEMORY GIB", "GPUS");
    amount(amounts, "capacity", all.getJsonObject("capacity"));
    amount(amounts, "free", all.getJsonObject("free"));
    amounts.print(options.out());
    List<JsonObject> reservations = JsonText.objects(all, "reservations");
    if (!reservations.isEmpty()) {
      options.out().println();
      table(reservations).print(options.out());
    }
    return ExitCode.OK;
  }

  private static void amount(Table table, String name, JsonObject amount) {
    table.row(name, number(amount, "cores"), number(amount, "memory_gib"), number(amount, "gpus"));
  }

  private static String number(JsonObject object, String key) {
    double value = object.getJsonNumber(key).doubleValue();
    return value == Math.rint(value) ? "" + (long) value : "" + Math.round(value * 10) / 10.0;
  }

  private static Table table(List<JsonObject> reservations) {
    Table table = new Table("ID", "OWNER", "CORES", "MEMORY GIB", "GPUS", "ENDS IN");
    for (JsonObject each : reservations) {
      JsonObject amount = each.getJsonObject("resources");
      table.row(
          JsonText.text(each, "id"),
          JsonText.text(each, "owner"),
          number(amount, "cores"),
          number(amount, "memory_gib"),
          number(amount, "gpus"),
          number(each, "left_seconds") + " s");
    }
    return table;
  }

  private static int told(ClientOptions options, JsonObject reservation) {
    if (options.json()) {
      options.out().println(JsonText.safe(reservation));
    } else {
      table(List.of(reservation)).print(options.out());
    }
    return ExitCode.OK;
  }

  private static String one(String id) {
    return RESERVATIONS + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
  }

  /** Reserves. */
  @Command(name = "reserve", description = "Reserve; refused with the reason when it is not free.")
  static final class Reserve implements Callable<Integer> {
    @Mixin private final ClientOptions options = new ClientOptions();

    @Option(names = "--cores", description = "processor cores, fractions allowed")
    private double cores;

    @Option(names = "--memory-gib", description = "memory in GiB")
    private double memoryGib;

    @Option(names = "--gpus", description = "graphics cards")
    private int gpus;

    @Option(names = "--seconds", description = "how long (default ${DEFAULT-VALUE})")
    private double seconds = 300;

    @Option(names = "--owner", description = "for whom; shown to others")
    private @Nullable String owner;

    @Override
    public Integer call() throws Exception {
      JsonObjectBuilder body =
          Json.createObjectBuilder()
              .add("cores", cores)
              .add("memory_gib", memoryGib)
              .add("gpus", gpus)
              .add("seconds", seconds);
      if (owner != null) {
        body.add("owner", owner);
      }
      return told(options, options.client().post(RESERVATIONS, body.build()));
    }
  }

  /** Renews. */
  @Command(name = "renew", description = "Let a reservation last so long from now.")
  static final class Renew implements Callable<Integer> {
    @Mixin private final ClientOptions options = new ClientOptions();

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Parameters(paramLabel = "ID", description = "the reservation")
    private String id;

    @Option(names = "--seconds", description = "how long (default ${DEFAULT-VALUE})")
    private double seconds = 300;

    @Override
    public Integer call() throws Exception {
      JsonObject body = Json.createObjectBuilder().add("seconds", seconds).build();
      return told(options, options.client().post(one(id) + "/renew", body));
    }
  }

  /** Releases. */
  @Command(name = "release", description = "Give a reservation back.")
  static final class Release implements Callable<Integer> {
    @Mixin private final ClientOptions options = new ClientOptions();

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Parameters(paramLabel = "ID", description = "the reservation")
    private String id;

    @Override
    public Integer call() throws Exception {
      JsonObject released = options.client().delete(one(id));
      if (options.json()) {
        options.out().println(JsonText.safe(released));
      } else {
        options.out().println("Released.");
      }
      return ExitCode.OK;
    }
  }
}

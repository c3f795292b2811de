package dev.caelum.cli;

import dev.caelum.logging.Printable;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "identity",
    description = {
      "Show who this machine is to the others, and whether another one uses its id. With \"renew\":",
      "give it another id, on the machine itself; for the copy of a machine, or of its disk image.",
      "Exit code 1 when the node does not come back under the new id."
    })
final class IdentityCommand implements Callable<Integer> {
  private static final String PATH = "/identity";
  private static final int POLL_MILLIS = 200;
  private static final int POLLS = 100;

  @Mixin private final ClientOptions options = new ClientOptions();

  @Parameters(arity = "0..1", paramLabel = "renew", description = "take another id")
  private @Nullable String action;

  @Option(names = "--yes", description = "renew without a question")
  private boolean yes;

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  private final BooleanSupplier terminal;
  private final Supplier<@Nullable String> keyboard;

  /**
   * A command that asks first.
   *
   * @param terminal whether there is somebody to ask
   * @param keyboard the next line typed; null at the end of input
   */
  IdentityCommand(BooleanSupplier terminal, Supplier<@Nullable String> keyboard) {
    this.terminal = terminal;
    this.keyboard = keyboard;
  }

  @Override
  public Integer call() throws Exception {
    if (action != null && !action.equals("renew")) {
      throw new ParameterException(
          spec.commandLine(), "Name nothing or renew behind identity, not " + action);
    }
    NodeClient client = options.client();
    JsonObject identity = client.get(PATH);
    if (action != null) {
      return renew(client, identity);
    }
    if (options.json()) {
      options.out().println(JsonText.safe(identity));
    } else {
      print(identity, options.out());
    }
    return ExitCode.OK;
  }

  private static void print(JsonObject identity, PrintWriter out) {
    line(out, "Id", JsonText.text(identity, "machine_id"));
    line(out, "Since", JsonText.text(identity, "since"));
    line(out, "Key", JsonText.text(identity, "key"));
    line(
        out,
        "Instance",
        JsonText.text(identity, "instance") + ", started " + JsonText.text(identity, "started_at"));
    line(
        out,
        "Cluster",
        JsonText.text(identity, "cluster_name")
            + (JsonText.flag(identity, "cluster_name_explicit") ? "" : " (open)"));
    String advice = JsonText.text(identity, "advice");
    line(out, "Shared", advice == null ? "no: nobody else is known to use this id" : advice);
  }

  private static void line(PrintWriter out, String name, @Nullable String value) {
    out.println(name + " ".repeat(10 - name.length()) + Printable.of(value));
  }

  private int renew(NodeClient client, JsonObject identity) throws Exception {
    if (!yes && !confirmed(identity)) {
      options.err().println("Nothing was changed.");
      return ExitCode.FAILED;
    }
    JsonObject renewed = client.post(PATH + "/renew", JsonValue.EMPTY_JSON_OBJECT);
    String id = String.valueOf(JsonText.text(renewed, "machine_id"));
    boolean back = awaitBack(client, id);
    if (options.json()) {
      options.out().println(JsonText.safe(renewed));
    } else {
      options
          .out()
          .println(
              "New id %s in place of %s."
                  .formatted(
                      Printable.of(id), Printable.of(JsonText.text(renewed, "old_machine_id"))));
    }
    if (!back) {
      options
          .err()
          .println("The node has not come back yet; its log tells why. The new id is kept.");
    }
    return back ? ExitCode.OK : ExitCode.FAILED;
  }

  private boolean confirmed(JsonObject identity) {
    if (!terminal.getAsBoolean()) {
      throw new ParameterException(
          spec.commandLine(), "There is no terminal to ask on; renew with --yes");
    }
    String advice = JsonText.text(identity, "advice");
    PrintWriter err = options.err();
    err.println(
        Printable.of(advice == null ? "Nobody else is known to use this machine's id." : advice));
    err.print(
        "Give this machine another id in place of "
            + Printable.of(JsonText.text(identity, "machine_id"))
            + "? The others will know it as a new machine. [y/N] ");
    err.flush();
    String answer = keyboard.get();
    return answer != null && answer.strip().matches("(?i)y|yes");
  }

  /** Whether the node answers under {@code id} within about 20 s. */
  private static boolean awaitBack(NodeClient client, String id) throws InterruptedException {
    for (int poll = 0; poll < POLLS; poll++) {
      try {
        if (id.equals(JsonText.text(client.get(PATH), "machine_id"))) {
          return true;
        }
      } catch (NotReachable | ApiRefused between) {
        // It is between the two.
      }
      Thread.sleep(POLL_MILLIS);
    }
    return false;
  }
}

package dev.caelum.cli;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "submit",
    description = {
      "Submit a task. It is kept before the command ends. Exit code 1 with a table of the reasons",
      "when no machine can run it; with --queue it waits for one instead."
    })
final class TaskSubmitCommand implements Callable<Integer> {
  @Mixin private final ClientOptions options = new ClientOptions();

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Parameters(paramLabel = "TYPE", description = "what to do: echo, sleep, hash, http, mcp, ...")
  private String type;

  @Option(
      names = "--payload",
      paramLabel = "JSON",
      description = "for the handler; @FILE reads a file (default {})")
  private String payload = "{}";

  @Option(names = "--service", paramLabel = "NAME", description = "must be ready on the machine")
  private @Nullable String service;

  @Option(
      names = "--on",
      paramLabel = "MACHINE",
      split = ",",
      description = "only these machines, by name, id or key")
  private List<String> machines = List.of();

  @Option(names = "--not", paramLabel = "MACHINE", split = ",", description = "none of these")
  private List<String> not = List.of();

  @Option(names = "--prefer", paramLabel = "MACHINE", split = ",", description = "rather these")
  private List<String> prefer = List.of();

  @Option(
      names = "--label",
      paramLabel = "KEY=VALUE",
      description = "what the machine must be labelled with; may be repeated")
  private Map<String, String> labels = Map.of();

  @Option(names = "--cores", description = "processor cores that it takes")
  private double cores;

  @Option(names = "--memory", paramLabel = "GIB", description = "memory that it takes, in GiB")
  private double memory;

  @Option(names = "--gpus", description = "graphics cards that it takes")
  private int gpus;

  @Option(names = "--priority", description = "1 to 10, higher first (default ${DEFAULT-VALUE})")
  private int priority = 5;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "of one attempt (default ${DEFAULT-VALUE})")
  private double timeout = 60;

  @Option(names = "--deadline", paramLabel = "SECONDS", description = "from now; 0 = never")
  private double deadline;

  @Option(names = "--attempts", description = "1 to 10 (default ${DEFAULT-VALUE})")
  private int attempts = 3;

  @Option(names = "--key", description = "submitting twice with one key makes one task")
  private @Nullable String key;

  @Option(names = "--each", description = "once on each machine that can run it")
  private boolean each;

  @Option(names = "--queue", description = "wait in the queue when no machine can run it now")
  private boolean queue;

  @Option(names = "--wait", description = "stay until it is over and print its result")
  private boolean wait;

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    NodeClient client = options.client();
    JsonObject answer;
    try {
      answer = client.post("/tasks", body());
    } catch (ApiRefused refused) {
      int code = TaskText.refused(refused, options);
      if (!options.json()) {
        options.err().println("With --queue it waits until one can.");
      }
      return code;
    }
    List<String> ids =
        each
            ? JsonText.objects(answer, "tasks").stream()
                .map(result -> String.valueOf(JsonText.text(result.getJsonObject("task"), "id")))
                .toList()
            : List.of(String.valueOf(JsonText.text(answer, "id")));
    if (wait) {
      return new TaskFollower(client, options).follow(ids);
    }
    if (options.json()) {
      options.out().println(JsonText.safe(answer));
    } else {
      ids.forEach(options.out()::println);
    }
    return ExitCode.OK;
  }

  private JsonObject body() {
    JsonObjectBuilder body = JsonText.builder().add("type", type).add("payload", payload());
    if (service != null) {
      body.add("service", service);
    }
    if (key != null) {
      body.add("key", key);
    }
    JsonObjectBuilder named = JsonText.builder();
    labels.forEach(named::add);
    return body.add("machines", texts(machines))
        .add("not", texts(not))
        .add("prefer", texts(prefer))
        .add("labels", named)
        .add(
            "resources",
            JsonText.builder()
                .add("cpu_cores", cores)
                .add("memory_gb", memory)
                .add("gpu_count", gpus))
        .add("priority", priority)
        .add("timeout_s", timeout)
        .add("deadline_s", deadline)
        .add("attempts", attempts)
        .add("each", each)
        .add("queue", queue)
        .build();
  }

  private static JsonArrayBuilder texts(List<String> texts) {
    JsonArrayBuilder array = JsonText.array();
    texts.forEach(array::add);
    return array;
  }

  private JsonObject payload() {
    String text = payload;
    if (payload.startsWith("@")) {
      try {
        text = Files.readString(Path.of(payload.substring(1)), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new ParameterException(
            spec.commandLine(), "--payload: " + payload.substring(1) + " cannot be read");
      }
    }
    try {
      return JsonText.parse(text);
    } catch (JsonException e) {
      throw new ParameterException(
          spec.commandLine(), "--payload is no JSON object; write it like '{\"text\":\"hello\"}'");
    }
  }
}

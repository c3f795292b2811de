package dev.caelum.task;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants done; checked, so that every instance is within bounds.
 *
 * @param type the handler: 1 to 64 of {@code a-z 0-9 _ . -}
 * @param service the machine must run it and it must be ready; null = none
 * @param machines the only machines it may run on, by name, id or key; empty = any; at most 64
 * @param not machines it must not run on, likewise
 * @param prefer machines it had better run on, likewise
 * @param labels what the machine must be labelled with; at most 16
 * @param need what it takes of the machine while it runs
 * @param priority 1 to 10, higher first
 * @param payload JSON text for the handler, at most 256 KiB
 * @param timeoutMillis one attempt is ended after it; 100 ms to 24 h
 * @param deadlineMillis after its submission it is over, run or not; 0 = never
 * @param attempts how often it may be tried, 1 to 10
 * @param patient whether it waits in the queue when no machine could ever run it now
 */
public record TaskSpec(
    String type,
    @Nullable String service,
    List<String> machines,
    List<String> not,
    List<String> prefer,
    Map<String, String> labels,
    ResourceNeed need,
    int priority,
    String payload,
    long timeoutMillis,
    long deadlineMillis,
    int attempts,
    boolean patient) {
  /** Characters of a payload or result. */
  public static final int PAYLOAD_LIMIT = 256 * 1024;

  public static final int NAMES_LIMIT = 64;
  public static final int LABELS_LIMIT = 16;
  public static final int DEFAULT_PRIORITY = 5;
  public static final int DEFAULT_ATTEMPTS = 3;
  public static final long DEFAULT_TIMEOUT_MILLIS = 60_000;
  public static final long DAY_MILLIS = 86_400_000;

  public TaskSpec {
    machines = List.copyOf(machines);
    not = List.copyOf(not);
    prefer = List.copyOf(prefer);
    labels = Map.copyOf(labels);
    check(type.matches("[a-z0-9_.-]{1,64}"), "type must be 1 to 64 of a-z, 0-9, _ . -");
    check(service == null || (!service.isBlank() && service.length() <= 64), "service is a name");
    names("machines", machines);
    names("not", not);
    names("prefer", prefer);
    check(labels.size() <= LABELS_LIMIT, "labels must be at most " + LABELS_LIMIT);
    labels.forEach((key, value) ->
        check(
            !key.isBlank() && key.length() <= 64 && value.length() <= 64,
            "labels have 1 to 64 characters"));
    check(priority >= 1 && priority <= 10, "priority must be 1 to 10");
    check(payload.length() <= PAYLOAD_LIMIT, "payload must be at most 256 KiB");
    check(timeoutMillis >= 100 && timeoutMillis <= DAY_MILLIS, "timeout must be 0.1 s to 24 h");
    check(
        deadlineMillis >= 0 && deadlineMillis <= 30 * DAY_MILLIS, "deadline must be 0 to 30 days");
    check(attempts >= 1 && attempts <= 10, "attempts must be 1 to 10");
  }

  /** A task of that type for any machine, with defaults for all else. */
  public static TaskSpec of(String type, String payload) {
    return new TaskSpec(
        type,
        null,
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        ResourceNeed.NONE,
        DEFAULT_PRIORITY,
        payload,
        DEFAULT_TIMEOUT_MILLIS,
        0,
        DEFAULT_ATTEMPTS,
        false);
  }

  /** The same for that machine alone. */
  public TaskSpec only(String machine) {
    return new TaskSpec(
        type,
        service,
        List.of(machine),
        not,
        prefer,
        labels,
        need,
        priority,
        payload,
        timeoutMillis,
        deadlineMillis,
        attempts,
        patient);
  }

  private static void names(String what, List<String> names) {
    check(names.size() <= NAMES_LIMIT, what + " must be at most " + NAMES_LIMIT);
    names.forEach(
        name -> check(!name.isBlank() && name.length() <= 128, what + " have 1 to 128 characters"));
  }

  private static void check(boolean fine, String rule) {
    if (!fine) {
      throw new IllegalArgumentException(rule);
    }
  }
}

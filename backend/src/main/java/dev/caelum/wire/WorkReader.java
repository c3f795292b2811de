package dev.caelum.wire;

import dev.caelum.task.Lease;
import dev.caelum.task.ResourceNeed;
import dev.caelum.task.TaskError;
import dev.caelum.task.TaskSpec;
import dev.caelum.task.WorkMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of frames about tasks; one wrong entry refuses the whole frame. */
final class WorkReader {
  /** What an order has unless it says otherwise. */
  static final long ATTEMPT = 1;

  static final long PRIORITY = TaskSpec.DEFAULT_PRIORITY;
  static final long TIMEOUT_MILLIS = TaskSpec.DEFAULT_TIMEOUT_MILLIS;
  static final long LEASE_MILLIS = 30_000;

  private static final int NAME = 64;
  private static final int TEXT = 512;
  private static final int HANDLERS = 64;
  private static final int SERVICES = 256;
  private static final int COUNT = 1_000_000;
  private static final long HOUR_MILLIS = 3_600_000;

  private WorkReader() {}

  static Decoded<WorkMessage> read(Fields fields) {
    String kind = fields.text("k", NAME);
    WorkMessage message =
        switch (kind) {
          case "offer" -> offer(fields);
          case "assign" -> new WorkMessage.Assign(each(fields, WorkReader::order));
          case "renew" ->
              new WorkMessage.Renew(leases(fields, WorkMessage.LEASES), fields.flag("all"));
          case "progress" -> new WorkMessage.Progress(each(fields, WorkReader::step));
          case "results" -> new WorkMessage.Results(each(fields, WorkReader::outcome));
          case "taken" -> new WorkMessage.Taken(leases(fields, WorkMessage.LIMIT));
          case "stop" ->
              new WorkMessage.Stop(leases(fields, WorkMessage.LIMIT), fields.text("w", "", TEXT));
          case "query" ->
              new WorkMessage.Query(leases(fields, WorkMessage.LIMIT), fields.flag("last"));
          default -> null;
        };
    if (message == null) {
      return Decoded.rejected(Refusal.UNKNOWN_TYPE, "work \"" + kind + "\"");
    }
    String problem = fields.problem();
    return problem == null
        ? new Decoded.Value<>(message)
        : Decoded.rejected(Refusal.SCHEMA, problem);
  }

  private static WorkMessage offer(Fields fields) {
    Map<String, String> labels = new LinkedHashMap<>();
    Map<String, @Nullable Object> told = fields.objectOrNull("labels");
    if (told != null) {
      for (Map.Entry<String, @Nullable Object> label : told.entrySet()) {
        if (label.getValue() instanceof String value && labels.size() < TaskSpec.LABELS_LIMIT) {
          labels.put(Fields.cut(label.getKey(), NAME), Fields.cut(value, NAME));
        }
      }
    }
    return new WorkMessage.Offer(
        fields.texts("h", HANDLERS, NAME),
        (int) fields.whole("slots", null, 0, COUNT),
        (int) fields.whole("running", null, 0, COUNT),
        (int) fields.whole("waiting", null, 0, COUNT),
        (int) fields.whole("yours", null, 0, COUNT),
        labels,
        fields.texts("s", SERVICES, NAME),
        need(fields));
  }

  private static WorkMessage.Order order(Fields fields) {
    Lease lease = lease(fields);
    return new WorkMessage.Order(
        lease.task(),
        lease.epoch(),
        (int) fields.whole("a", ATTEMPT, 1, COUNT),
        fields.text("y", NAME),
        fields.textOrNull("s", NAME),
        need(fields),
        (int) fields.whole("p", PRIORITY, 1, 10),
        fields.json("d", TaskSpec.PAYLOAD_LIMIT),
        fields.whole("o", TIMEOUT_MILLIS, 1, TaskSpec.DAY_MILLIS),
        fields.whole("l", LEASE_MILLIS, 1_000, HOUR_MILLIS));
  }

  private static WorkMessage.Step step(Fields fields) {
    return new WorkMessage.Step(
        lease(fields), (int) fields.whole("%", -1L, 0, 100), fields.textOrNull("w", TEXT));
  }

  private static WorkMessage.Outcome outcome(Fields fields) {
    Lease lease = lease(fields);
    WorkMessage.Ending ending = ending(fields.text("x", NAME));
    boolean done = ending == WorkMessage.Ending.DONE;
    if (ending == null) {
      fields.fail("x must be the word for an ending");
    }
    return new WorkMessage.Outcome(
        lease,
        ending == null ? WorkMessage.Ending.FAILED : ending,
        done ? fields.json("r", TaskSpec.PAYLOAD_LIMIT) : null,
        done ? null : new TaskError(fields.text("c", NAME), fields.text("w", TEXT)),
        fields.whole("ms", 0L, 0, Long.MAX_VALUE));
  }

  private static WorkMessage.@Nullable Ending ending(String word) {
    for (WorkMessage.Ending ending : WorkMessage.Ending.values()) {
      if (ending.name().toLowerCase(Locale.ROOT).equals(word)) {
        return ending;
      }
    }
    return null;
  }

  private static Lease lease(Fields fields) {
    return new Lease(fields.text("t", NAME), fields.whole("e", null, 1, Long.MAX_VALUE));
  }

  private static List<Lease> leases(Fields fields, int most) {
    List<?> list = fields.list("l");
    List<Lease> out = new ArrayList<>(list.size() / 2);
    if (list.size() % 2 != 0 || list.size() > 2 * most) {
      fields.fail("l must be at most " + most + " pairs");
      return out;
    }
    for (int at = 0; at < list.size(); at += 2) {
      if (list.get(at) instanceof String task
          && list.get(at + 1) instanceof Long epoch
          && epoch >= 1) {
        out.add(new Lease(Fields.cut(task, NAME), epoch));
      } else {
        fields.fail("l must be pairs of task and epoch");
      }
    }
    return out;
  }

  private static ResourceNeed need(Fields fields) {
    Double cores = fields.numberOrNull("c");
    Double memory = fields.numberOrNull("m");
    try {
      // Adding 0 makes nothing of a negative nothing.
      return new ResourceNeed(
          cores == null ? 0 : cores + 0.0,
          memory == null ? 0 : memory + 0.0,
          (int) fields.whole("g", 0L, 0, COUNT));
    } catch (IllegalArgumentException e) {
      fields.fail("resources are out of range");
      return ResourceNeed.NONE;
    }
  }

  private static <T> List<T> each(Fields fields, Function<Fields, T> read) {
    List<?> list = fields.list("l");
    List<Map<String, @Nullable Object>> objects = fields.objects("l", WorkMessage.LIMIT);
    if (objects.size() < list.size()) {
      fields.fail("l must be at most " + WorkMessage.LIMIT + " objects");
    }
    List<T> out = new ArrayList<>(objects.size());
    for (Map<String, @Nullable Object> object : objects) {
      Fields one = new Fields(object);
      out.add(read.apply(one));
      String problem = one.problem();
      if (problem != null) {
        fields.fail(problem);
        return out;
      }
    }
    return out;
  }
}

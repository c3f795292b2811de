package dev.caelum.node;

import dev.caelum.feed.DisplayText;
import dev.caelum.task.Lease;
import dev.caelum.task.ResourceNeed;
import dev.caelum.task.TaskError;
import dev.caelum.task.TaskSpec;
import dev.caelum.task.WorkMessage;
import dev.caelum.task.WorkMessage.Ending;
import dev.caelum.task.WorkMessage.Order;
import dev.caelum.task.WorkMessage.Outcome;
import dev.caelum.wire.Decoded;
import dev.caelum.wire.Envelope;
import dev.caelum.wire.JsonText;
import dev.caelum.wire.MessageType;
import dev.caelum.work.Reservations;
import dev.caelum.work.WorkDesk;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tasks and reservations in the messages of old nodes: this node takes them on as it takes on those
 * of any other, by the same rules, and answers in their words.
 */
final class LegacyTasks {
  private static final int OPEN = 64;
  private static final int TEXT = 64;
  private static final long TIMEOUT_MILLIS = 3_600_000;
  private static final long LEASE_MILLIS = 30_000;
  private static final Duration RESERVATION = Duration.ofMinutes(5);

  private final WorkDesk desk;
  private final WorkTraffic traffic;
  private final String self;
  private final Map<Long, Asker> askers = new ConcurrentHashMap<>();

  /** One old node on one link. */
  private record Asker(
      LinkSession session, String key, InetAddress source, Map<String, String> open) {}

  /**
   * @param self this node's id
   */
  LegacyTasks(WorkDesk desk, WorkTraffic traffic, String self) {
    this.desk = desk;
    this.traffic = traffic;
    this.self = self;
  }

  /** Answers a message about tasks or resources that asks for something. */
  void heard(LinkSession session, Envelope envelope) {
    InetAddress source = session.link().remote().getAddress();
    switch (envelope.type()) {
      case TASK_DISTRIBUTE -> distribute(session, source, envelope);
      case RESOURCE_REQUEST -> request(session, source, envelope);
      case RESOURCE_RELEASED -> release(source, envelope);
      default -> {
        // It tells of what others do: nothing to answer.
      }
    }
  }

  // ---- tasks ----

  private void distribute(LinkSession session, InetAddress source, Envelope envelope) {
    Map<?, ?> task = object(envelope.payload().get("task"));
    String wireId = text(task, "task_id");
    String type = text(task, "task_type");
    String payload = JsonText.write(strings(object(task.get("payload"))));
    Asker asker = asker(session, source);
    String refusal = refusal(wireId, type, payload, source, asker);
    if (refusal != null) {
      session.send(MessageType.TASK_FAILED, failed(wireId, refusal), envelope.messageId());
      return;
    }
    String id = "old-" + session.link().number() + "-" + wireId;
    asker.open().put(id, wireId);
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("task_id", wireId);
    answer.put("status", "assigned");
    answer.put("estimated_completion", null);
    session.send(MessageType.TASK_ASSIGN, answer, envelope.messageId());
    int priority = task.get("priority") instanceof Long told ? (int) Math.clamp(told, 1L, 10L) : 5;
    desk.worker()
        .heard(
            asker.key(),
            source,
            new WorkMessage.Assign(
                List.of(
                    new Order(
                        id,
                        1,
                        1,
                        type,
                        null,
                        ResourceNeed.NONE,
                        priority,
                        payload,
                        TIMEOUT_MILLIS,
                        LEASE_MILLIS))));
  }

  private @Nullable String refusal(
      String wireId, String type, String payload, InetAddress source, Asker asker) {
    if (wireId.isEmpty() || payload.length() > TaskSpec.PAYLOAD_LIMIT) {
      return "The task has no id, or a payload beyond 256 KiB.";
    }
    if (!desk.worker().view().handlers().contains(type)) {
      return "This node has no handler of " + type + ".";
    }
    if (!desk.rules().allows(type, source)) {
      return "This node runs no " + type + " for " + source.getHostAddress() + ".";
    }
    return asker.open().size() >= OPEN ? OPEN + " tasks of yours are open here." : null;
  }

  private Asker asker(LinkSession session, InetAddress source) {
    return askers.computeIfAbsent(
        session.link().number(),
        number -> {
          Asker asker = new Asker(session, "old link " + number, source, new ConcurrentHashMap<>());
          traffic.listen(asker.key(), message -> told(asker, message));
          desk.worker().connected(asker.key(), source);
          return asker;
        });
  }

  /** What the worker says to the old node, through us. */
  private boolean told(Asker asker, WorkMessage message) {
    switch (message) {
      case WorkMessage.Results(List<Outcome> outcomes) -> {
        outcomes.forEach(outcome -> ended(asker, outcome));
        List<Lease> leases = outcomes.stream().map(Outcome::lease).toList();
        desk.worker().heard(asker.key(), asker.source(), new WorkMessage.Taken(leases));
      }
      case WorkMessage.Progress(List<WorkMessage.Step> steps) ->
          steps.forEach(step -> progress(asker, step));
      case WorkMessage.Offer _,
          WorkMessage.Renew _,
          WorkMessage.Assign _,
          WorkMessage.Taken _,
          WorkMessage.Stop _,
          WorkMessage.Query _ -> {
        // Old nodes have no words for it.
      }
    }
    return true;
  }

  private static void progress(Asker asker, WorkMessage.Step step) {
    String wireId = asker.open().get(step.lease().task());
    if (wireId != null) {
      Map<String, @Nullable Object> payload = new LinkedHashMap<>();
      payload.put("task_id", wireId);
      payload.put("progress", Math.max(0, step.percent()));
      payload.put("message", step.note());
      asker.session().send(MessageType.TASK_PROGRESS, payload, null);
    }
  }

  private void ended(Asker asker, Outcome outcome) {
    String wireId = asker.open().remove(outcome.lease().task());
    if (wireId == null) {
      return;
    }
    TaskError error = outcome.error();
    if (outcome.ending() != Ending.DONE || outcome.result() == null) {
      String why = error == null ? "It failed." : error.text();
      asker.session().send(MessageType.TASK_FAILED, failed(wireId, why), null);
      return;
    }
    Map<String, @Nullable Object> payload = new LinkedHashMap<>();
    payload.put("task_id", wireId);
    payload.put("status", "completed");
    payload.put("result", value(outcome.result()));
    asker.session().send(MessageType.TASK_COMPLETE, payload, null);
  }

  private Map<String, @Nullable Object> failed(String wireId, String why) {
    Map<String, @Nullable Object> payload = new LinkedHashMap<>();
    payload.put("task_id", wireId);
    payload.put("status", "failed");
    payload.put("error", why);
    payload.put("machine_id", self);
    return payload;
  }

  /** An object as such, anything else as its JSON text. */
  static Object value(String json) {
    return JsonText.read(json, JsonText.Bounds.LINK)
            instanceof Decoded.Value<Map<String, @Nullable Object>> object
        ? object.value()
        : json;
  }

  // ---- resources ----

  private void request(LinkSession session, InetAddress source, Envelope envelope) {
    Map<?, ?> wanted = object(envelope.payload().get("resource_request"));
    String refusal = null;
    if (!allowedAnything(source)) {
      refusal = "This node reserves nothing for " + source.getHostAddress() + ".";
    } else {
      try {
        ResourceNeed need =
            new ResourceNeed(
                number(wanted, "cpu_cores"),
                number(wanted, "memory_gb"),
                (int) number(wanted, "gpu_count"));
        switch (desk.reservations().request(owner(source), need, RESERVATION)) {
          case Reservations.Answer.Granted(Reservations.Reservation granted) ->
              session.send(MessageType.RESOURCE_RESERVED, reserved(granted), envelope.messageId());
          case Reservations.Answer.Refused refused -> refusal = refused.text();
        }
      } catch (IllegalArgumentException e) {
        refusal = "The amounts are out of range.";
      }
    }
    if (refusal != null) {
      Map<String, @Nullable Object> payload = new LinkedHashMap<>();
      payload.put("error", "refused");
      payload.put("message_type", envelope.type().code());
      payload.put("message", refusal);
      session.send(MessageType.ERROR, payload, envelope.messageId());
    }
  }

  private Map<String, @Nullable Object> reserved(Reservations.Reservation granted) {
    Map<String, @Nullable Object> amounts = new LinkedHashMap<>();
    amounts.put("cpu_cores", granted.need().cores());
    amounts.put("memory_gb", granted.need().memoryGib());
    amounts.put("gpu_count", granted.need().gpus());
    Map<String, @Nullable Object> payload = new LinkedHashMap<>();
    payload.put("reservation_id", granted.id());
    payload.put("machine_id", self);
    payload.put("resources", amounts);
    payload.put("expires_in_seconds", granted.left().toSeconds());
    return payload;
  }

  /** Only what was reserved from the same address. */
  private void release(InetAddress source, Envelope envelope) {
    String id = text(envelope.payload(), "reservation_id");
    boolean theirs =
        desk.reservations().list().stream()
            .anyMatch(each -> each.id().equals(id) && each.owner().equals(owner(source)));
    if (theirs) {
      desk.reservations().release(id);
    }
  }

  private boolean allowedAnything(InetAddress source) {
    return desk.worker().view().handlers().stream()
        .anyMatch(type -> desk.rules().allows(type, source));
  }

  private static String owner(InetAddress source) {
    return "old node at " + source.getHostAddress();
  }

  /** The link is gone: what runs for it ends with its lease. */
  void closed(long link) {
    Asker asker = askers.remove(link);
    if (asker != null) {
      traffic.ignore(asker.key());
      desk.worker().gone(asker.key());
    }
  }

  // ---- free-form payloads ----

  private static Map<?, ?> object(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static Map<String, @Nullable Object> strings(Map<?, ?> map) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    map.forEach((key, value) -> out.put(String.valueOf(key), value));
    return out;
  }

  private static String text(Map<?, ?> map, String key) {
    return map.get(key) instanceof String text && text.length() <= TEXT
        ? DisplayText.line(text)
        : "";
  }

  private static double number(Map<?, ?> map, String key) {
    return map.get(key) instanceof Number number ? number.doubleValue() : 0;
  }
}

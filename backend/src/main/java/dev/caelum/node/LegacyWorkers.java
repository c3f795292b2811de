package dev.caelum.node;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.Member;
import dev.caelum.feed.DisplayText;
import dev.caelum.task.Lease;
import dev.caelum.task.ResourceNeed;
import dev.caelum.task.TaskError;
import dev.caelum.task.WorkMessage;
import dev.caelum.task.WorkMessage.Ending;
import dev.caelum.task.WorkMessage.Order;
import dev.caelum.task.WorkMessage.Outcome;
import dev.caelum.wire.Envelope;
import dev.caelum.wire.JsonText;
import dev.caelum.wire.MessageType;
import dev.caelum.wire.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Speaks for old nodes as if each were a worker of ours: offers what they know, gives each order to
 * one of them under a fresh wire id (their only fence), and turns what it says into outcomes.
 * Silence for 5 s is a refusal, for old nodes never send one. Any thread may call.
 */
final class LegacyWorkers {
  /** The only types that an old node reads. */
  static final List<String> TYPES =
      List.of("ai_inference", "code_analysis", "data_processing", "integration_testing");

  private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long RENEW_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int SLOTS = 2;

  private final WorkTraffic traffic;
  private final String self;
  private final LongFunction<@Nullable LinkSession> sessions;
  private final Map<String, OldNode> nodes = new LinkedHashMap<>();

  private static final class OldNode {
    final String key;
    final LinkSession session;
    final long link;
    final List<String> services;
    final Map<String, Given> given = new LinkedHashMap<>();
    long renewAt;

    OldNode(String key, LinkSession session, List<String> services, long now) {
      this.key = key;
      this.session = session;
      this.link = session.link().number();
      this.services = List.copyOf(services);
      this.renewAt = now + RENEW_NANOS;
    }
  }

  private static final class Given {
    final Lease lease;
    final long at;
    final long endsBy;
    boolean assigned;

    Given(Order order, long now) {
      this.lease = order.lease();
      this.at = now;
      this.endsBy = now + TimeUnit.MILLISECONDS.toNanos(order.timeoutMillis());
    }
  }

  /**
   * @param self this node's id
   * @param sessions the session of a link; null when the link is gone
   */
  LegacyWorkers(WorkTraffic traffic, String self, LongFunction<@Nullable LinkSession> sessions) {
    this.sessions = sessions;
    this.traffic = traffic;
    this.self = self;
  }

  /** Follows the table; called by the thread that steps it. */
  synchronized void saw(ClusterEvent event) {
    if (event instanceof ClusterEvent.MemberChanged(Member member, var _)) {
      Member.Link link = member.legacy() ? member.link() : null;
      OldNode known = nodes.get(member.key());
      boolean same = known != null && link != null && known.link == link.number();
      if (known != null && !same) {
        gone(member.key());
      }
      LinkSession session = link == null || same ? null : sessions.apply(link.number());
      MachineInfo info = member.info();
      if (session != null && info != null) {
        connected(member.key(), session, services(info));
      }
    } else if (event instanceof ClusterEvent.MemberRemoved(String key) && nodes.containsKey(key)) {
      gone(key);
    }
  }

  private static List<String> services(MachineInfo info) {
    return info.runningServices().stream().map(MachineInfo.ServiceInfo::serviceName).toList();
  }

  private void connected(String key, LinkSession session, List<String> services) {
    OldNode node = new OldNode(key, session, services, System.nanoTime());
    nodes.put(key, node);
    traffic.listen(key, message -> told(key, message));
    offer(node);
  }

  private void gone(String key) {
    nodes.remove(key);
    traffic.ignore(key);
    traffic.lost(key);
  }

  private void offer(OldNode node) {
    traffic.say(
        node.key,
        new WorkMessage.Offer(
            TYPES,
            SLOTS,
            node.given.size(),
            0,
            node.given.size(),
            Map.of(),
            node.services,
            ResourceNeed.NONE));
  }

  // ---- what the coordinator says ----

  private synchronized boolean told(String key, WorkMessage message) {
    OldNode node = nodes.get(key);
    if (node == null) {
      return false;
    }
    switch (message) {
      case WorkMessage.Assign(List<Order> orders) -> orders.forEach(order -> give(node, order));
      case WorkMessage.Stop(List<Lease> leases, var _) ->
          // It goes on there; what it says of it is nobody's any more.
          node.given.values().removeIf(given -> leases.contains(given.lease));
      case WorkMessage.Query(List<Lease> _, boolean last) -> {
        if (last) {
          traffic.say(key, new WorkMessage.Renew(leases(node), true));
        }
      }
      case WorkMessage.Taken _,
          WorkMessage.Offer _,
          WorkMessage.Renew _,
          WorkMessage.Progress _,
          WorkMessage.Results _ -> {
        // Nothing is kept that could be forgotten.
      }
    }
    return true;
  }

  private void give(OldNode node, Order order) {
    String service = order.service();
    if (service == null || !TYPES.contains(order.type())) {
      refuse(node, order.lease(), "An old node runs only tasks that name a service.");
      return;
    }
    String wireId = UUID.randomUUID().toString();
    Map<String, @Nullable Object> task = new LinkedHashMap<>();
    task.put("task_id", wireId);
    task.put("task_type", order.type());
    task.put("service_name", service);
    task.put("source_machine", self);
    task.put("assigned_machines", List.of());
    task.put("payload", payload(order));
    task.put("priority", order.priority());
    task.put("estimated_duration", order.timeoutMillis() / 1_000);
    task.put("created_at", Timestamp.now());
    Map<String, @Nullable Object> payload = new LinkedHashMap<>();
    payload.put("task", task);
    payload.put("_caelum", Map.of("task", order.task(), "epoch", order.epoch()));
    // A frame that an old node cannot take would end the link.
    if (JsonText.write(payload).length() > JsonText.Bounds.LINK.characters() / 4) {
      refuse(node, order.lease(), "The payload is too large for an old node.");
    } else if (node.session.send(MessageType.TASK_DISTRIBUTE, payload, null)) {
      node.given.put(wireId, new Given(order, System.nanoTime()));
    } else {
      refuse(node, order.lease(), "The link to the old node is closing.");
    }
  }

  private static Map<?, ?> payload(Order order) {
    Object value = LegacyTasks.value(order.payload());
    return value instanceof Map<?, ?> map ? map : Map.of("value", value);
  }

  // ---- what old nodes say ----

  /** A message about a task; whether it was about one that this class gave. */
  synchronized boolean heard(LinkSession session, Envelope envelope) {
    Map<String, @Nullable Object> payload = envelope.payload();
    String wireId = payload.get("task_id") instanceof String text ? text : "";
    for (OldNode node : nodes.values()) {
      Given given = node.session == session ? node.given.get(wireId) : null;
      if (given != null) {
        heard(node, wireId, given, envelope.type(), payload);
        return true;
      }
    }
    return false;
  }

  private void heard(
      OldNode node,
      String wireId,
      Given given,
      MessageType type,
      Map<String, @Nullable Object> payload) {
    switch (type) {
      case TASK_ASSIGN, TASK_PROGRESS -> {
        given.assigned = true;
        int percent =
            type == MessageType.TASK_PROGRESS && payload.get("progress") instanceof Number number
                ? Math.clamp(number.intValue(), 0, 100)
                : -1;
        WorkMessage.Step step = new WorkMessage.Step(given.lease, percent, null);
        traffic.say(node.key, new WorkMessage.Progress(List.of(step)));
      }
      case TASK_COMPLETE -> {
        node.given.remove(wireId);
        Map<String, @Nullable Object> result = new LinkedHashMap<>(payload);
        result.remove("task_id");
        end(node, given, Ending.DONE, JsonText.write(result), null);
      }
      case TASK_FAILED -> {
        node.given.remove(wireId);
        String why = DisplayText.line(String.valueOf(payload.get("error")));
        end(node, given, Ending.FAILED, null, new TaskError("handler", cut(why)));
      }
      default -> {
        // Not about the course of a task.
      }
    }
  }

  /** Time went by; several times a second. */
  synchronized void tick(long now) {
    for (OldNode node : nodes.values()) {
      for (Map.Entry<String, Given> each : new ArrayList<>(node.given.entrySet())) {
        Given given = each.getValue();
        if (!given.assigned && now - given.at >= ANSWER_NANOS) {
          node.given.remove(each.getKey());
          refuse(node, given.lease, "The old node did not take it on within 5 s.");
        } else if (now - given.endsBy >= 0) {
          node.given.remove(each.getKey());
          TaskError error = new TaskError("timeout", "The old node did not end it in time.");
          end(node, given, Ending.FAILED, null, error);
        }
      }
      if (now - node.renewAt >= 0) {
        node.renewAt = now + RENEW_NANOS;
        traffic.say(node.key, new WorkMessage.Renew(leases(node), false));
        offer(node);
      }
    }
  }

  private static List<Lease> leases(OldNode node) {
    return node.given.values().stream().map(given -> given.lease).toList();
  }

  private void refuse(OldNode node, Lease lease, String why) {
    TaskError error = new TaskError("legacy", why);
    Outcome outcome = new Outcome(lease, Ending.REFUSED, null, error, 0);
    traffic.say(node.key, new WorkMessage.Results(List.of(outcome)));
  }

  private void end(
      OldNode node,
      Given given,
      Ending ending,
      @Nullable String result,
      @Nullable TaskError error) {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - given.at);
    Outcome outcome = new Outcome(given.lease, ending, result, error, millis);
    traffic.say(node.key, new WorkMessage.Results(List.of(outcome)));
  }

  private static String cut(String text) {
    return text.length() <= 400 ? text : text.substring(0, 400);
  }
}

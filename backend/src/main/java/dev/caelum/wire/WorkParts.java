package dev.caelum.wire;

import dev.caelum.task.Lease;
import dev.caelum.task.TaskError;
import dev.caelum.task.WorkMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Cuts a message about tasks into as many as the bounds of a frame ask for. */
public final class WorkParts {
  private WorkParts() {}

  /** The frames for {@code message}; each is a whole message of its own. */
  public static List<Frame.Work> of(WorkMessage message) {
    return switch (message) {
      case WorkMessage.Assign(List<WorkMessage.Order> orders) ->
          cut(orders, order -> order.payload().length(), WorkMessage.Assign::new);
      case WorkMessage.Progress(List<WorkMessage.Step> steps) ->
          cut(steps, _ -> 0, WorkMessage.Progress::new);
      case WorkMessage.Results(List<WorkMessage.Outcome> outcomes) ->
          cut(outcomes, WorkParts::characters, WorkMessage.Results::new);
      case WorkMessage.Taken taken -> cut(taken.leases(), _ -> 0, WorkMessage.Taken::new);
      case WorkMessage.Stop stop ->
          cut(stop.leases(), _ -> 0, part -> new WorkMessage.Stop(part, stop.reason()));
      case WorkMessage.Query query -> query(query);
      case WorkMessage.Offer _, WorkMessage.Renew _ -> List.of(new Frame.Work(message));
    };
  }

  /** Only the last part ends the question. */
  private static List<Frame.Work> query(WorkMessage.Query query) {
    List<Lease> leases = query.leases();
    int from = 0;
    List<Frame.Work> out = new ArrayList<>();
    for (; leases.size() - from > WorkMessage.LIMIT; from += WorkMessage.LIMIT) {
      List<Lease> part = leases.subList(from, from + WorkMessage.LIMIT);
      out.add(new Frame.Work(new WorkMessage.Query(part, false)));
    }
    List<Lease> rest = leases.subList(from, leases.size());
    out.add(new Frame.Work(new WorkMessage.Query(rest, query.last())));
    return out;
  }

  private static int characters(WorkMessage.Outcome outcome) {
    String result = outcome.result();
    TaskError error = outcome.error();
    return (result == null ? 0 : result.length()) + (error == null ? 0 : error.text().length());
  }

  private static <T> List<Frame.Work> cut(
      List<T> items, ToIntFunction<T> size, Function<List<T>, WorkMessage> message) {
    List<Frame.Work> out = new ArrayList<>();
    int from = 0;
    int characters = 0;
    for (int at = 0; at < items.size(); at++) {
      int more = size.applyAsInt(items.get(at));
      boolean full = at - from == WorkMessage.LIMIT || characters + more > Frame.Work.CHARACTERS;
      if (full && at > from) {
        out.add(new Frame.Work(message.apply(items.subList(from, at))));
        from = at;
        characters = 0;
      }
      characters += more;
    }
    if (from < items.size()) {
      out.add(new Frame.Work(message.apply(items.subList(from, items.size()))));
    }
    return out;
  }
}

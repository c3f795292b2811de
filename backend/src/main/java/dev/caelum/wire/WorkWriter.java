package dev.caelum.wire;

import dev.caelum.task.Lease;
import dev.caelum.task.ResourceNeed;
import dev.caelum.task.TaskError;
import dev.caelum.task.WorkMessage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes frames about tasks, thousands a second: straight into one text, short keys, and what has
 * its usual value left out. {@link WorkReader} reads them.
 */
final class WorkWriter {
  private static final String HEX = "0123456789abcdef";

  private final StringBuilder out = new StringBuilder(256);

  private WorkWriter() {}

  static String write(String type, long number, @Nullable Long reply, WorkMessage message) {
    WorkWriter writer = new WorkWriter();
    writer.out.append("{\"f\":\"").append(type).append("\",\"n\":").append(number);
    if (reply != null) {
      writer.whole("re", reply);
    }
    writer.message(message);
    return writer.out.append('}').toString();
  }

  private void message(WorkMessage message) {
    switch (message) {
      case WorkMessage.Offer offer -> offer(offer);
      case WorkMessage.Assign assign -> {
        kind("assign");
        list("l", assign.orders(), WorkWriter::order);
      }
      case WorkMessage.Renew renew -> {
        kind("renew");
        leases(renew.leases());
        if (renew.complete()) {
          out.append(",\"all\":true");
        }
      }
      case WorkMessage.Progress progress -> {
        kind("progress");
        list("l", progress.steps(), WorkWriter::step);
      }
      case WorkMessage.Results results -> {
        kind("results");
        list("l", results.outcomes(), WorkWriter::outcome);
      }
      case WorkMessage.Taken taken -> {
        kind("taken");
        leases(taken.leases());
      }
      case WorkMessage.Stop stop -> {
        kind("stop");
        leases(stop.leases());
        text("w", stop.reason());
      }
      case WorkMessage.Query query -> {
        kind("query");
        leases(query.leases());
        if (query.last()) {
          out.append(",\"last\":true");
        }
      }
    }
  }

  private void kind(String kind) {
    text("k", kind);
  }

  private void offer(WorkMessage.Offer offer) {
    kind("offer");
    list("h", offer.handlers(), WorkWriter::string);
    whole("slots", offer.slots());
    whole("running", offer.running());
    whole("waiting", offer.waiting());
    whole("yours", offer.yours());
    out.append(",\"labels\":{");
    for (Map.Entry<String, String> label : offer.labels().entrySet()) {
      comma();
      string(label.getKey());
      out.append(':');
      string(label.getValue());
    }
    out.append('}');
    list("s", offer.services(), WorkWriter::string);
    need(offer.free());
  }

  private void order(WorkMessage.Order order) {
    out.append('{');
    lease(order.lease());
    text("y", order.type());
    if (order.attempt() != WorkReader.ATTEMPT) {
      whole("a", order.attempt());
    }
    if (order.service() != null) {
      text("s", order.service());
    }
    need(order.need());
    if (order.priority() != WorkReader.PRIORITY) {
      whole("p", order.priority());
    }
    if (order.timeoutMillis() != WorkReader.TIMEOUT_MILLIS) {
      whole("o", order.timeoutMillis());
    }
    if (order.leaseMillis() != WorkReader.LEASE_MILLIS) {
      whole("l", order.leaseMillis());
    }
    text("d", order.payload());
    out.append('}');
  }

  private void step(WorkMessage.Step step) {
    out.append('{');
    lease(step.lease());
    if (step.percent() >= 0) {
      whole("%", step.percent());
    }
    if (step.note() != null) {
      text("w", step.note());
    }
    out.append('}');
  }

  private void outcome(WorkMessage.Outcome outcome) {
    out.append('{');
    lease(outcome.lease());
    text("x", outcome.ending().name().toLowerCase(Locale.ROOT));
    if (outcome.result() != null) {
      text("r", outcome.result());
    }
    TaskError error = outcome.error();
    if (error != null) {
      text("c", error.code());
      text("w", error.text());
    }
    if (outcome.millis() != 0) {
      whole("ms", outcome.millis());
    }
    out.append('}');
  }

  private void lease(Lease lease) {
    text("t", lease.task());
    whole("e", lease.epoch());
  }

  /** Task, epoch, task, epoch, ... */
  private void leases(List<Lease> leases) {
    key("l");
    out.append('[');
    for (Lease lease : leases) {
      comma();
      string(lease.task());
      out.append(',').append(lease.epoch());
    }
    out.append(']');
  }

  private void need(ResourceNeed need) {
    if (need.cores() != 0) {
      key("c");
      out.append(need.cores());
    }
    if (need.memoryGib() != 0) {
      key("m");
      out.append(need.memoryGib());
    }
    if (need.gpus() != 0) {
      whole("g", need.gpus());
    }
  }

  private <T> void list(String key, List<T> items, BiConsumer<WorkWriter, T> each) {
    key(key);
    out.append('[');
    for (T item : items) {
      comma();
      each.accept(this, item);
    }
    out.append(']');
  }

  private void whole(String key, long value) {
    key(key);
    out.append(value);
  }

  private void text(String key, String value) {
    key(key);
    string(value);
  }

  private void key(String key) {
    comma();
    out.append('"').append(key).append("\":");
  }

  /** Before all but the first of an object or list. */
  private void comma() {
    char last = out.charAt(out.length() - 1);
    if (last != '{' && last != '[') {
      out.append(',');
    }
  }

  private void string(String text) {
    out.append('"');
    int copied = 0;
    for (int at = 0; at < text.length(); at++) {
      char unit = text.charAt(at);
      if (unit >= ' ' && unit != '"' && unit != '\\') {
        continue;
      }
      out.append(text, copied, at);
      copied = at + 1;
      if (unit >= ' ') {
        out.append('\\').append(unit);
      } else {
        out.append("\\u00").append(HEX.charAt(unit >> 4)).append(HEX.charAt(unit & 15));
      }
    }
    out.append(text, copied, text.length()).append('"');
  }
}

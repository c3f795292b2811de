package dev.caelum.task;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What coordinator and worker say to each other, on a link or within one process. */
public sealed interface WorkMessage {
  /** Most entries in the list of one message. */
  int LIMIT = 200;

  /** Most leases in one {@link Renew}. */
  int LEASES = 10_000;

  /**
   * Worker: what I take on for you. Sent when a link is registered and when it changes, at most
   * once a second.
   *
   * @param handlers types that the hearer may have run here
   * @param slots attempts that run at once
   * @param running attempts that run now, whoever asked
   * @param waiting attempts that wait for a slot, whoever asked
   * @param yours how many of both are the hearer's
   * @param labels of this machine
   * @param services that are ready here
   * @param free capacity less what is reserved
   */
  record Offer(
      List<String> handlers,
      int slots,
      int running,
      int waiting,
      int yours,
      Map<String, String> labels,
      List<String> services,
      ResourceNeed free)
      implements WorkMessage {
    public Offer {
      handlers = List.copyOf(handlers);
      labels = Map.copyOf(labels);
      services = List.copyOf(services);
    }
  }

  /** Coordinator: do these. */
  record Assign(List<Order> orders) implements WorkMessage {
    public Assign {
      orders = List.copyOf(orders);
    }
  }

  /**
   * One attempt.
   *
   * @param attempt from 1
   * @param leaseMillis how long the hearer may hold it without renewing
   */
  record Order(
      String task,
      long epoch,
      int attempt,
      String type,
      @Nullable String service,
      ResourceNeed need,
      int priority,
      String payload,
      long timeoutMillis,
      long leaseMillis) {
    public Lease lease() {
      return new Lease(task, epoch);
    }
  }

  /**
   * Worker: I still hold these. Every 10 s, and as the answer to {@link Query}.
   *
   * @param complete whether these are all of the hearer's that the sender holds, results that were
   *     not taken yet among them
   */
  record Renew(List<Lease> leases, boolean complete) implements WorkMessage {
    public Renew {
      leases = List.copyOf(leases);
    }
  }

  /** Worker: these run. The first one says that the attempt began. */
  record Progress(List<Step> steps) implements WorkMessage {
    public Progress {
      steps = List.copyOf(steps);
    }
  }

  /**
   * How far an attempt is.
   *
   * @param percent 0 to 100; -1 = not known
   */
  record Step(Lease lease, int percent, @Nullable String note) {}

  /** Worker: these ended. Repeated every 5 s until {@link Taken}. */
  record Results(List<Outcome> outcomes) implements WorkMessage {
    public Results {
      outcomes = List.copyOf(outcomes);
    }
  }

  /** How an attempt ended. */
  enum Ending {
    /** With a result. */
    DONE,
    /** With an error; trying again may help. */
    FAILED,
    /** With an error that trying again does not mend. */
    BROKEN,
    /** It was never begun: no attempt. */
    REFUSED
  }

  /**
   * The end of one attempt.
   *
   * @param result JSON text; null but for {@code DONE}
   * @param error null for {@code DONE}
   * @param millis how long it ran
   */
  record Outcome(
      Lease lease,
      Ending ending,
      @Nullable String result,
      @Nullable TaskError error,
      long millis) {}

  /** Coordinator: these results are settled; forget them. */
  record Taken(List<Lease> leases) implements WorkMessage {
    public Taken {
      leases = List.copyOf(leases);
    }

    /** As many messages as these need. */
    static List<Taken> of(List<Lease> leases) {
      return parts(leases).map(Taken::new).toList();
    }
  }

  /** Coordinator: stop these; their results are not wanted any more. */
  record Stop(List<Lease> leases, String reason) implements WorkMessage {
    public Stop {
      leases = List.copyOf(leases);
    }
  }

  /**
   * Coordinator: these are mine, whoever handed them out; which of them, and which others of mine,
   * do you hold? The hearer tells their results to the sender from now on.
   *
   * @param last whether it ends the question; only then a complete {@link Renew} answers it
   */
  record Query(List<Lease> leases, boolean last) implements WorkMessage {
    public Query {
      leases = List.copyOf(leases);
    }

    /** One question in as many messages as it needs; at least one. */
    static List<Query> of(List<Lease> leases) {
      if (leases.isEmpty()) {
        return List.of(new Query(leases, true));
      }
      Lease end = leases.getLast();
      return parts(leases).map(part -> new Query(part, part.getLast().equals(end))).toList();
    }
  }

  private static Stream<List<Lease>> parts(List<Lease> leases) {
    return IntStream.iterate(0, from -> from < leases.size(), from -> from + LIMIT)
        .mapToObj(from -> leases.subList(from, Math.min(leases.size(), from + LIMIT)));
  }
}

package dev.caelum.work;

import dev.caelum.task.Lease;
import dev.caelum.task.TaskError;
import dev.caelum.task.WorkMessage;
import dev.caelum.task.WorkMessage.Ending;
import dev.caelum.task.WorkMessage.Order;
import dev.caelum.task.WorkMessage.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks for coordinators: the loop that owns {@link WorkBook} and does what it decides. Any
 * thread may call; nothing blocks.
 */
public final class Worker implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Worker.class.getName());
  private static final int MAILBOX = 20_000;
  private static final int BATCH = 1_000;
  private static final long TICK_NANOS = 20_000_000;
  private static final long IDLE_NANOS = 250_000_000;

  private final Handlers handlers;
  private final AcceptRules rules;
  private final Sender sender;
  private final Supplier<Facts> facts;
  private final KeptResults disk;
  private final WorkBook book;
  private final WorkerSettings settings;
  private final Reservations reservations;
  private final LinkedBlockingQueue<LongConsumer> mailbox = new LinkedBlockingQueue<>();
  private final Map<Long, Runner.Run> runs = new HashMap<>();
  private final Map<String, Source> sources = new ConcurrentHashMap<>();
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("results").daemon().factory());
  private final LongAdder overflowed = new LongAdder();
  private final LongAdder began = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final Thread loop = Thread.ofPlatform().name("worker").daemon().unstarted(this::loop);
  private volatile View view;
  private volatile boolean closed;

  /** Brings what a worker says to a coordinator. */
  public interface Sender {
    /** False when it is not on its way, or not all of it. */
    boolean send(String machine, WorkMessage message);
  }

  /** What offers say of this machine. */
  public record Facts(Map<String, String> labels, List<String> services) {
    public Facts {
      labels = Map.copyOf(labels);
      services = List.copyOf(services);
    }
  }

  /**
   * How it is now, for metrics and API.
   *
   * @param running attempts in slots
   * @param kept results that wait to be taken
   * @param began attempts since the start
   * @param refused orders since the start
   * @param overflowed messages that were dropped, since too many waited
   */
  public record View(
      List<String> handlers,
      int slots,
      int running,
      int waiting,
      int kept,
      long began,
      long refused,
      long overflowed) {
    public View {
      handlers = List.copyOf(handlers);
    }
  }

  private record Source(@Nullable InetAddress address) {}

  /**
   * @param facts asked about once a second
   * @param folder where results wait that nobody took yet
   */
  public Worker(
      WorkerSettings settings,
      Handlers handlers,
      AcceptRules rules,
      Reservations reservations,
      Supplier<Facts> facts,
      Path folder,
      Sender sender) {
    this.settings = settings;
    this.handlers = handlers;
    this.rules = rules;
    this.reservations = reservations;
    this.sender = sender;
    this.facts = facts;
    this.disk = new KeptResults(folder);
    this.book = new WorkBook(settings, reservations);
    this.view = new View(handlers.types(), settings.slots(), 0, 0, 0, 0, 0, 0);
  }

  /** Begins, with the results of earlier runs that were not taken. */
  public void start() {
    rules.listen(() -> mailbox.add(_ -> rulesChanged()));
    mailbox.add(this::restore);
    loop.start();
  }

  // ---- what others say ----

  /** A coordinator says something; {@code source} null is the node itself. */
  public void heard(String machine, @Nullable InetAddress source, WorkMessage message) {
    offer(now -> book.heard(now, machine, message));
  }

  /** A coordinator can be told something from now on; saying so again does no harm. */
  public void connected(String machine, @Nullable InetAddress source) {
    mailbox.add(now -> {
      sources.put(machine, new Source(source));
      book.audience().connected(now, machine, rules.allowed(handlers.types(), source));
    });
  }

  /** A coordinator is out of reach. */
  public void gone(String machine) {
    mailbox.add(_ -> {
      sources.remove(machine);
      book.audience().gone(machine);
    });
  }

  /**
   * This machine slept: what other coordinators gave it they may have given to others since. Those
   * of this node slept with it.
   */
  public void slept() {
    mailbox.add(now ->
        book.slept(
            now,
            machine -> {
              Source source = sources.get(machine);
              return source == null || source.address() != null;
            }));
  }

  /** How it is now. */
  public View view() {
    return view;
  }

  private void rulesChanged() {
    sources.forEach((machine, source) ->
        book.audience().allowed(machine, rules.allowed(handlers.types(), source.address())));
  }

  /** Bounds what comes in numbers; whatever is dropped is said again, or ends with its lease. */
  private void offer(LongConsumer input) {
    if (mailbox.size() < MAILBOX) {
      mailbox.add(input);
    } else {
      overflowed.increment();
    }
  }

  // ---- the loop ----

  private void loop() {
    List<LongConsumer> batch = new ArrayList<>();
    long factsAt = System.nanoTime() - TimeUnit.SECONDS.toNanos(2);
    while (!closed) {
      try {
        boolean idle = book.running() + book.waiting() + book.kept() == 0;
        LongConsumer first = mailbox.poll(idle ? IDLE_NANOS : TICK_NANOS, TimeUnit.NANOSECONDS);
        if (first != null) {
          batch.add(first);
          mailbox.drainTo(batch, BATCH);
        }
        long now = System.nanoTime();
        if (now - factsAt >= TimeUnit.SECONDS.toNanos(1)) {
          factsAt = now;
          Facts told = facts.get();
          book.audience()
              .facts(new OfferDesk.Facts(told.labels(), told.services(), reservations.free()));
        }
        batch.forEach(input -> input.accept(now));
        batch.clear();
        book.tick(now);
        carryOut();
        look();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        // A bug must not end all tasks of this machine; what it belonged to ends by its lease.
        batch.clear();
        LOG.log(Level.SEVERE, "The worker failed at a step", e);
      }
    }
  }

  private void look() {
    view =
        new View(
            handlers.types(),
            settings.slots(),
            book.running(),
            book.waiting(),
            book.kept(),
            began.sum(),
            refused.sum(),
            overflowed.sum());
  }

  private void carryOut() {
    for (List<WorkEffect> effects = book.effects(); !effects.isEmpty(); effects = book.effects()) {
      effects.forEach(this::carryOut);
    }
  }

  private void carryOut(WorkEffect effect) {
    switch (effect) {
      case WorkEffect.Begin(long number, Order order) -> begin(number, order);
      case WorkEffect.Halt(long number) -> {
        Runner.Run run = runs.get(number);
        if (run != null) {
          run.halt();
        }
      }
      case WorkEffect.Send(String machine, WorkMessage message) -> {
        if (message instanceof WorkMessage.Results(List<Outcome> outcomes)) {
          outcomes.stream()
              .filter(outcome -> outcome.ending() == Ending.REFUSED)
              .forEach(_ -> refused.increment());
        }
        book.audience().sent(System.nanoTime(), machine, message, sender.send(machine, message));
      }
      case WorkEffect.Keep(String machine, Outcome outcome) ->
          write(() -> disk.keep(machine, outcome, System.currentTimeMillis()));
      case WorkEffect.Forget(Lease lease) -> write(() -> disk.forget(lease));
    }
  }

  private void begin(long number, Order order) {
    began.increment();
    Runner.Reports reports =
        new Runner.Reports() {
          @Override
          public void progress(int percent, @Nullable String note) {
            offer(_ -> book.progressed(number, percent, note));
          }

          @Override
          public void ended(Ending ending, @Nullable String result, @Nullable TaskError error) {
            end(number, ending, result, error);
          }
        };
    try {
      runs.put(number, handlers.runner(order.type()).begin(order, reports));
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "An attempt could not begin", e);
      end(number, Ending.FAILED, null, InsideRunner.error("handler", "It could not begin: " + e));
    }
  }

  /** Must not be lost, or its slot would be; there are no more of them than slots. */
  private void end(long number, Ending ending, @Nullable String result, @Nullable TaskError error) {
    LongConsumer input =
        now -> {
          runs.remove(number);
          book.ended(now, number, ending, result, error);
        };
    mailbox.add(input);
  }

  // ---- the disk ----

  private void restore(long now) {
    long wall = System.currentTimeMillis();
    try {
      for (KeptResults.Kept kept : disk.load(settings.kept())) {
        long age = Math.max(0, wall - kept.at());
        book.restore(now, kept.machine(), kept.outcome(), TimeUnit.MILLISECONDS.toNanos(age));
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "Results of earlier runs could not be read", e);
    }
  }

  private interface Writing {
    void run() throws IOException;
  }

  private void write(Writing writing) {
    try {
      writer.execute(() -> {
        try {
          writing.run();
        } catch (IOException e) {
          // Told again and again from memory all the same; only a crash would lose it now.
          LOG.log(Level.WARNING, "A result could not be kept on the disk: {0}", e.toString());
        }
      });
    } catch (RejectedExecutionException stopping) {
      LOG.fine("The worker is stopping");
    }
  }

  /** Ends all attempts; coordinators hand them out again once their leases are over. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    loop.interrupt();
    try {
      loop.join(1_000);
      writer.shutdown();
      boolean _ = writer.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    runs.values().forEach(Runner.Run::halt);
    handlers.close();
  }
}

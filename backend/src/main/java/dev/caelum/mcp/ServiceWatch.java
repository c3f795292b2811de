package dev.caelum.mcp;

import dev.caelum.logging.Printable;
import dev.caelum.service.Service;
import dev.caelum.service.Spoken;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Watches the ports of MCP servers on this machine. Each second it looks at the kernel's table of
 * sockets, and speaks only with what is new, with ready servers every 10 s, and with those that do
 * not answer ever more rarely.
 */
public final class ServiceWatch implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ServiceWatch.class.getName());
  private static final long LOOK_MILLIS = 1_000;

  private final NavigableSet<Integer> ports;
  private Map<Integer, ConfiguredServer.Local> configured = Map.of();
  private final NavigableMap<Integer, Slot> slots = new TreeMap<>();
  private final Consumer<Service> changed;
  private final Runnable gone;
  private final CountDownLatch closing = new CountDownLatch(1);
  private @Nullable Thread thread;

  /**
   * @param ports where MCP servers may listen
   * @param changed hears of every service that is new or different, in order; must be quick
   * @param gone a service is expected no more; must be quick
   */
  public ServiceWatch(Set<Integer> ports, Consumer<Service> changed, Runnable gone) {
    this.ports = new TreeSet<>(ports);
    this.changed = changed;
    this.gone = gone;
  }

  /** Begins to look. */
  public synchronized void start() {
    if (thread == null) {
      thread = Thread.ofVirtual().name("services").start(this::run);
    }
  }

  /** Every service that was ever seen or is expected, by port. */
  public synchronized List<Service> services() {
    return slots.values().stream().map(Slot::service).filter(Objects::nonNull).toList();
  }

  /** The names of those that are ready. */
  public List<String> ready() {
    return services().stream().filter(Service::ready).map(Service::name).distinct().toList();
  }

  /** The service on that port; null when none was ever seen there. */
  public synchronized @Nullable Service service(int port) {
    Slot slot = slots.get(port);
    return slot == null ? null : slot.service();
  }

  /** Where MCP servers may listen. */
  public NavigableSet<Integer> ports() {
    return ports;
  }

  /** Expects a service of this name on a port, or with null none any more. */
  public synchronized void expect(int port, @Nullable String name) {
    if (ports.contains(port)) {
      Slot slot = slots.computeIfAbsent(port, Slot::new);
      update(slot, () -> slot.expect(name, System.currentTimeMillis()));
    }
  }

  /** The servers of clients' files, by port; they are watched beside the usual ports. */
  synchronized void configure(Map<Integer, ConfiguredServer.Local> servers) {
    long millis = System.currentTimeMillis();
    for (int port : configured.keySet()) {
      Slot slot = slots.get(port);
      if (slot != null && !servers.containsKey(port)) {
        if (!ports.contains(port)) {
          later(slot.seen(null, System.nanoTime(), millis));
          slots.remove(port);
        }
        update(slot, () -> slot.configure(null, millis));
      }
    }
    configured = Map.copyOf(servers);
    servers.forEach((port, server) -> {
      Slot slot = slots.computeIfAbsent(port, Slot::new);
      update(slot, () -> slot.configure(server, millis));
    });
  }

  /** Asks all that listen now, whatever was planned; ends when each was asked or 5 s are over. */
  public CompletableFuture<Void> check() {
    List<CompletableFuture<Void>> asked;
    synchronized (this) {
      slots.values().forEach(slot -> slot.hurry(System.nanoTime()));
      asked = look();
    }
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, 5, TimeUnit.SECONDS);
  }

  /**
   * Calls a tool of the server on a port.
   *
   * @throws CallFailed when it is not ready: says where, why, and since when
   */
  public Call call(
      int port, String tool, String arguments, Duration deadline, Consumer<Progress> progress)
      throws CallFailed {
    Speaker with;
    synchronized (this) {
      Slot slot = slots.get(port);
      with = slot == null ? null : slot.speaker();
    }
    if (with == null) {
      throw new CallFailed(CallFailed.NOT_READY, notReady(port));
    }
    Speaker.Call call =
        with.call(
            tool,
            arguments,
            deadline,
            told -> progress.accept(new Progress(told.done(), told.total(), told.message())));
    return new Call(
        call.result()
            .exceptionallyCompose(error -> CompletableFuture.failedFuture(why(port, error))),
        call::cancel);
  }

  /** A call that broke says what became of the server, which may have ended just now. */
  private CallFailed why(int port, Throwable error) {
    CallFailed failed = CallFailed.of(error);
    if (failed.code() != CallFailed.BROKEN) {
      return failed;
    }
    synchronized (this) {
      look();
    }
    Service service = service(port);
    return service == null || service.ready()
        ? failed
        : new CallFailed(CallFailed.NOT_READY, notReady(port));
  }

  /** Why a call to that port cannot be made, in one sentence without the machine's name. */
  public String notReady(int port) {
    Service service = service(port);
    return service == null
        ? "nothing was ever seen on port " + port
        : service.name() + " on port " + port + " is " + NotReady.text(service);
  }

  /** How far a call is. */
  public record Progress(double done, @Nullable Double total, @Nullable String message) {}

  /** A call under way; its result is one JSON object, or fails with {@link CallFailed}. */
  public record Call(CompletableFuture<String> result, Consumer<String> cancel) {}

  private void run() {
    try {
      do {
        synchronized (this) {
          look();
        }
      } while (!closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "Services are no longer watched", e);
    }
  }

  private List<CompletableFuture<Void>> look() {
    Set<Integer> all = new TreeSet<>(ports);
    all.addAll(configured.keySet());
    Map<Integer, Listener> listening = Listener.among(all);
    long now = System.nanoTime();
    long millis = System.currentTimeMillis();
    listening.keySet().forEach(port -> slots.computeIfAbsent(port, Slot::new));
    List<CompletableFuture<Void>> asked = new ArrayList<>();
    slots.forEach((port, slot) -> {
      Listener found = listening.get(port);
      update(slot, () -> later(slot.seen(found, now, millis)));
      if (found != null && slot.due(now)) {
        asked.add(CompletableFuture.runAsync(() -> ask(slot, found), Thread::startVirtualThread));
      }
    });
    return asked;
  }

  /** Closing a session may take its time. */
  private static void later(@Nullable Speaker over) {
    if (over != null) {
      Thread.ofVirtual().start(over::close);
    }
  }

  private void ask(Slot slot, Listener listener) {
    Speaker had;
    Service before;
    String path;
    synchronized (this) {
      had = slot.speaker();
      before = slot.service();
      path = slot.path();
    }
    String known = had == null || before == null ? null : before.holder();
    String holder = known != null ? known : Printable.of(listener.holder(), Service.NAME);
    String who = holder.isEmpty() ? null : holder;
    Speaker with = null;
    try {
      if (!listener.onLoopback()) {
        throw new Speaker.NoAnswer(
            false, "no answer: it listens on " + listener.address().getHostAddress() + " only");
      }
      with =
          had != null
              ? had
              : SdkSpeaker.open(
                  URI.create("http://" + listener.host() + ":" + listener.port()), path);
      Spoken spoken = with.tools();
      Speaker used = with;
      settle(
          slot, listener, used, () -> slot.spoke(used, spoken, who, System.nanoTime(), millis()));
    } catch (Speaker.NoAnswer e) {
      later(with);
      settle(slot, listener, null, () -> slot.silent(e, who, System.nanoTime(), millis()));
    } catch (RuntimeException e) {
      later(with);
      Speaker.NoAnswer why = new Speaker.NoAnswer(true, String.valueOf(e.getMessage()));
      settle(slot, listener, null, () -> slot.silent(why, who, System.nanoTime(), millis()));
    }
  }

  private static long millis() {
    return System.currentTimeMillis();
  }

  /** Takes the outcome, unless something else listens there by now. */
  private synchronized void settle(
      Slot slot, Listener asked, @Nullable Speaker with, Runnable outcome) {
    if (asked.equals(slot.listener()) && closing.getCount() > 0) {
      update(slot, outcome);
    } else {
      slot.asked(System.nanoTime());
      later(with);
    }
  }

  private void update(Slot slot, Runnable change) {
    Service before = slot.service();
    change.run();
    Service after = slot.service();
    if (after != null && (before == null || !after.sameAs(before))) {
      changed.accept(after);
    } else if (after == null && before != null) {
      gone.run();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    synchronized (this) {
      slots.values().forEach(slot -> later(slot.speaker()));
    }
  }
}

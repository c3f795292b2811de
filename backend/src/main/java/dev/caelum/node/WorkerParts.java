package dev.caelum.node;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.Self;
import dev.caelum.config.TaskConfig;
import dev.caelum.feed.NodeStatus;
import dev.caelum.task.ResourceNeed;
import dev.caelum.task.WorkMessage;
import dev.caelum.wire.Envelope;
import dev.caelum.work.AcceptRules;
import dev.caelum.work.Handlers;
import dev.caelum.work.HttpHandler;
import dev.caelum.work.McpHandler;
import dev.caelum.work.Reservations;
import dev.caelum.work.WorkDesk;
import dev.caelum.work.Worker;
import dev.caelum.work.WorkerSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Wires the worker with its handlers, its rules and what this machine has. */
final class WorkerParts implements WorkTraffic.End, OldMessages, AutoCloseable {
  private final AcceptRules rules;
  private final Reservations reservations;
  private final Worker worker;
  private final LegacyTasks tasks;
  private final @Nullable LegacyWorkers oldWorkers;

  /**
   * @param folder the data folder
   * @throws IOException when the rules of earlier runs cannot be read
   */
  WorkerParts(
      TaskConfig config,
      Path folder,
      Supplier<Self> self,
      WorkTraffic traffic,
      LocalServices services,
      LongFunction<@Nullable LinkSession> sessions)
      throws IOException {
    this.rules = new AcceptRules(folder.resolve("task-accept.txt"), config.accept());
    this.reservations = new Reservations(() -> capacity(self.get().info()), System::nanoTime);
    this.worker =
        new Worker(
            WorkerSettings.of(slots(config)),
            Handlers.shipped(
                List.of(
                    new HttpHandler(() -> services(self.get().info(), services.ports())),
                    new McpHandler(services)),
                config.heapMib(),
                config.roots(),
                config.ai().toString(),
                config.handlers()),
            rules,
            reservations,
            () -> facts(config, self.get().info(), services.names()),
            folder.resolve("results"),
            traffic::send);
    String id = self.get().id().value();
    this.tasks = new LegacyTasks(desk(), traffic, id);
    this.oldWorkers = config.legacyWorkers() ? new LegacyWorkers(traffic, id, sessions) : null;
  }

  void start() {
    worker.start();
  }

  /** What people are to know about it; empty while nothing runs here for others. */
  Optional<NodeStatus.Note> note() {
    return Optional.ofNullable(rules.warning())
        .map(text -> new NodeStatus.Note("tasks_accepted", text));
  }

  /** This machine slept. */
  void slept() {
    worker.slept();
  }

  /** What others may look at and change. */
  WorkDesk desk() {
    return new WorkDesk(worker, rules, reservations);
  }

  /** Follows the table; called by the thread that steps it. */
  void saw(ClusterEvent event) {
    if (oldWorkers != null) {
      oldWorkers.saw(event);
    }
  }

  /** Time went by; several times a second. */
  void tick() {
    if (oldWorkers != null) {
      oldWorkers.tick(System.nanoTime());
    }
  }

  @Override
  public void heard(LinkSession session, Envelope envelope) {
    if (oldWorkers == null || !oldWorkers.heard(session, envelope)) {
      tasks.heard(session, envelope);
    }
  }

  @Override
  public void closed(long link) {
    tasks.closed(link);
  }

  /** All that the machine has, as far as it is known. */
  private static ResourceNeed capacity(MachineInfo info) {
    MachineInfo.Resources has = info.resources();
    Integer cores = has.cpuCores();
    Double memory = has.memoryTotalGb();
    List<MachineInfo.Gpu> gpus = has.gpus();
    return new ResourceNeed(
        cores == null ? 0 : cores, memory == null ? 0 : memory, gpus == null ? 0 : gpus.size());
  }

  /** What listens on known ports, and what is known by its name. */
  private static Map<Integer, String> services(MachineInfo info, Map<Integer, String> named) {
    Map<Integer, String> all = new TreeMap<>();
    info.runningServices().forEach(service -> all.put(service.port(), service.serviceName()));
    all.putAll(named);
    return all;
  }

  private static int slots(TaskConfig config) {
    return config.slots() > 0
        ? config.slots()
        : Math.min(WorkerSettings.MAX_SLOTS, Runtime.getRuntime().availableProcessors());
  }

  /** An MCP server counts once it speaks, everything else while it listens. */
  private static Worker.Facts facts(TaskConfig config, MachineInfo info, List<String> ready) {
    Stream<String> others =
        info.runningServices().stream()
            .filter(service -> !service.serviceType().equals("mcp_server"))
            .map(MachineInfo.ServiceInfo::serviceName);
    return new Worker.Facts(config.labels(), Stream.concat(others, ready.stream()).toList());
  }

  @Override
  public void heard(String machine, @Nullable InetAddress source, WorkMessage message) {
    worker.heard(machine, source, message);
  }

  @Override
  public void connected(String machine, @Nullable InetAddress source) {
    worker.connected(machine, source);
  }

  @Override
  public void gone(String machine) {
    worker.gone(machine);
  }

  @Override
  public void close() {
    worker.close();
  }
}

package dev.caelum.http;

import dev.caelum.analysis.Analyses;
import dev.caelum.coordinator.Admission;
import dev.caelum.coordinator.LazyStore;
import dev.caelum.coordinator.TaskLoop;
import dev.caelum.coordinator.TaskNews;
import dev.caelum.coordinator.TaskService;
import dev.caelum.coordinator.TaskWaits;
import dev.caelum.feed.Feed;
import dev.caelum.store.SqliteStore;
import dev.caelum.task.Dispatch;
import dev.caelum.task.Lease;
import dev.caelum.task.Machine;
import dev.caelum.task.ResourceNeed;
import dev.caelum.task.TaskSettings;
import dev.caelum.task.WorkMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** A coordinator with its real store, and one machine that echoes, or waits to be told. */
final class TestTasks implements AutoCloseable {
  static final String MACHINE = "caelum-alpha@192.168.7.1:8080";

  /** Tasks that may wait. */
  static final int WAITING = 600;

  final TaskService service;
  final Analyses analyses;
  private final Path folder;
  private final TaskLoop loop;
  volatile boolean answering = true;

  TestTasks(Feed feed) {
    try {
      folder = Files.createTempDirectory("tasks");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    LazyStore stores = new LazyStore(() -> SqliteStore.open(folder));
    TaskWaits waits = new TaskWaits();
    TaskNews news = new TaskNews(feed, waits);
    Machine machine = new Machine(MACHINE, "caelum-alpha", "alpha", Machine.Standing.SELF, null);
    loop =
        new TaskLoop(
            "caelum-alpha",
            new Dispatch(TaskSettings.defaults(), new Random(1)),
            stores,
            () -> List.of(machine),
            this::send,
            news);
    Admission admission = new Admission(loop, stores, new Admission.Limits(WAITING, 1_000_000));
    service = new TaskService(loop, stores, waits, admission, new Random(2));
    analyses = new Analyses(service, news, new Random(3));
    loop.start(false);
    loop.heard(
        MACHINE,
        new WorkMessage.Offer(
            List.of("echo"), 4, 0, 0, 0, Map.of(), List.of(), new ResourceNeed(4, 8, 0)));
  }

  private boolean send(String worker, WorkMessage message) {
    if (answering && message instanceof WorkMessage.Assign(List<WorkMessage.Order> orders)) {
      loop.heard(
          worker,
          new WorkMessage.Results(
              orders.stream()
                  .map(order ->
                      new WorkMessage.Outcome(
                          new Lease(order.task(), order.epoch()),
                          WorkMessage.Ending.DONE,
                          order.payload(),
                          null,
                          1))
                  .toList()));
    }
    return true;
  }

  @Override
  public void close() {
    loop.close();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

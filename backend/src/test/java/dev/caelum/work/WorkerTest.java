package dev.caelum.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caelum.config.AcceptRule;
import dev.caelum.task.Lease;
import dev.caelum.task.ResourceNeed;
import dev.caelum.task.TaskError;
import dev.caelum.task.WorkMessage;
import dev.caelum.task.WorkMessage.Ending;
import dev.caelum.task.WorkMessage.Order;
import dev.caelum.task.WorkMessage.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The worker with its real loop, threads, processes and disk. */
@Timeout(60)
class WorkerTest {
  private static final String SELF = "self@127.0.0.1:8080";
  private static final InetAddress NEAR = InetAddress.ofLiteral("10.0.0.7");

  @TempDir private Path folder;
  private final Map<Lease, Outcome> results = new ConcurrentHashMap<>();
  private final BlockingQueue<WorkMessage> said = new LinkedBlockingQueue<>();
  private volatile boolean takes = true;
  private AcceptRules rules;
  private @Nullable Worker worker;

  @BeforeEach
  void rules() throws IOException {
    rules = new AcceptRules(folder.resolve("rules"), List.of());
  }

  @AfterEach
  void close() {
    if (worker != null) {
      worker.close();
    }
  }

  @Test
  void whatTheNodeItselfOrdersRuns() {
    Worker here = start(SELF, null);
    for (int i = 0; i < 2_000; i += 100) {
      int from = i;
      await().until(() -> here.view().waiting() < 100);
      here.heard(
          SELF,
          null,
          new WorkMessage.Assign(
              IntStream.range(from, from + 100)
                  .mapToObj(n -> order("t-" + n, "echo", "" + n, 5_000))
                  .toList()));
    }
    await().until(() -> results.size() == 2_000);
    assertThat(results)
        .allSatisfy((lease, outcome) -> {
          assertThat(outcome.ending()).isEqualTo(Ending.DONE);
          assertThat("t-" + outcome.result()).isEqualTo(lease.task());
        });
    await().until(() -> here.view().kept() == 0);
  }

  @Test
  void resultsThatNobodyTookAreThereAfterARestart() throws Exception {
    takes = false;
    Worker first = start(SELF, null);
    first.heard(SELF, null, assign(order("t-1", "echo", "\"é🎯\"", 5_000)));
    first.heard(SELF, null, assign(order("t-2", "hash", "{}", 5_000)));
    await().until(() -> files() == 2);
    first.close();
    results.clear();

    Worker second = start(SELF, null);
    await().until(() -> results.size() == 2);
    assertThat(result("t-1").result()).isEqualTo("\"é🎯\"");
    assertThat(result("t-2").error()).extracting(TaskError::code).isEqualTo("payload");
    second.heard(
        SELF, null, new WorkMessage.Taken(List.of(new Lease("t-1", 1), new Lease("t-2", 1))));
    await().until(() -> files() == 0);
  }

  @Test
  void aDamagedFileIsDeletedAndTheOthersAreRead() throws Exception {
    takes = false;
    Worker first = start(SELF, null);
    first.heard(SELF, null, assign(order("t-1", "echo", "1", 5_000)));
    first.heard(SELF, null, assign(order("t-2", "echo", "2", 5_000)));
    await().until(() -> files() == 2);
    first.close();
    results.clear();
    try (Stream<Path> all = Files.list(folder.resolve("results"))) {
      Path one = all.findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(one);
      bytes[bytes.length / 2] ^= 1;
      Files.write(one, bytes);
    }

    start(SELF, null);
    await().until(() -> results.size() == 1);
    assertThat(files()).isEqualTo(1);
  }

  @Test
  void anotherMachineHasRunWhatItMayFromTheMomentItMay() throws Exception {
    Worker here = start("peer", NEAR);
    here.heard("peer", NEAR, assign(order("t-1", "echo", "1", 5_000)));
    await().until(() -> results.size() == 1);
    assertThat(result("t-1").error()).extracting(TaskError::code).isEqualTo("not_accepted");

    rules.add(AcceptRule.parse("echo@10.0.0.0/24"));
    await().until(() -> said.stream().anyMatch(WorkerTest::offersEcho));
    here.heard("peer", NEAR, assign(order("t-2", "echo", "2", 5_000)));
    await().until(() -> results.size() == 2);
    assertThat(result("t-2").ending()).isEqualTo(Ending.DONE);
  }

  @Test
  void aHandlerThatHangsOrAllocatesWithoutEndCostsItsAttemptOnly() {
    Worker here = start(SELF, null);
    here.heard(SELF, null, assign(order("t-hang", "wild", "hang", 1_500)));
    here.heard(SELF, null, assign(order("t-heap", "wild", "allocate", 20_000)));
    here.heard(SELF, null, assign(order("t-ok", "wild", "calm", 20_000)));
    await().until(() -> results.size() == 3);
    assertThat(result("t-hang").error()).extracting(TaskError::code).isEqualTo("timeout");
    assertThat(result("t-heap").error()).extracting(TaskError::code).isEqualTo("memory");
    assertThat(result("t-ok").ending()).isEqualTo(Ending.DONE);
    await().until(() -> here.view().running() == 0);
  }

  private static boolean offersEcho(WorkMessage message) {
    return message instanceof WorkMessage.Offer offer && offer.handlers().contains("echo");
  }

  private Worker start(String machine, @Nullable InetAddress source) {
    Handlers handlers =
        new Handlers(
            List.of(new EchoHandler(), new HashHandler()),
            new ChildRunner(32, new ChildSettings(List.of(), "127.0.0.1:9"), List.of()),
            Set.of("wild"));
    Worker started =
        new Worker(
            WorkerSettings.of(2),
            handlers,
            rules,
            new Reservations(() -> new ResourceNeed(2, 2, 0), System::nanoTime),
            () -> new Worker.Facts(Map.of(), List.of()),
            folder.resolve("results"),
            this::hear);
    worker = started;
    started.start();
    started.connected(machine, source);
    return started;
  }

  private boolean hear(String machine, WorkMessage message) {
    said.add(message);
    if (message instanceof WorkMessage.Results(List<Outcome> outcomes)) {
      outcomes.forEach(outcome -> results.put(outcome.lease(), outcome));
      Worker now = worker;
      if (takes && now != null) {
        List<Lease> leases = outcomes.stream().map(Outcome::lease).toList();
        now.heard(machine, null, new WorkMessage.Taken(leases));
      }
    }
    return true;
  }

  private Outcome result(String task) {
    return Objects.requireNonNull(results.get(new Lease(task, 1)));
  }

  private long files() throws IOException {
    if (!Files.isDirectory(folder.resolve("results"))) {
      return 0;
    }
    try (Stream<Path> all = Files.list(folder.resolve("results"))) {
      return all.filter(file -> file.toString().endsWith(".result")).count();
    }
  }

  private static WorkMessage assign(Order order) {
    return new WorkMessage.Assign(List.of(order));
  }

  private static Order order(String task, String type, String payload, long timeout) {
    return new Order(task, 1, 1, type, null, ResourceNeed.NONE, 5, payload, timeout, 30_000);
  }
}

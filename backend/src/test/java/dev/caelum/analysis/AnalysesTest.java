package dev.caelum.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caelum.cluster.InstanceId;
import dev.caelum.coordinator.Admission;
import dev.caelum.coordinator.LazyStore;
import dev.caelum.coordinator.TaskLoop;
import dev.caelum.coordinator.TaskNews;
import dev.caelum.coordinator.TaskService;
import dev.caelum.coordinator.TaskService.Submission;
import dev.caelum.coordinator.TaskWaits;
import dev.caelum.feed.Feed;
import dev.caelum.feed.FeedState;
import dev.caelum.store.SqliteStore;
import dev.caelum.store.TaskStore;
import dev.caelum.task.Dispatch;
import dev.caelum.task.Lease;
import dev.caelum.task.Machine;
import dev.caelum.task.ResourceNeed;
import dev.caelum.task.TaskError;
import dev.caelum.task.TaskRow;
import dev.caelum.task.TaskSettings;
import dev.caelum.task.WorkMessage;
import dev.caelum.work.CodeReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Analyses with a real coordinator and its store; the machines' answers are written here. */
class AnalysesTest {
  private static final String PLAN =
      "{\"files\":3,\"chunks\":[{\"do\":\"chunk\",\"root\":\"/src\",\"chunk\":0,\"of\":3},"
          + "{\"do\":\"chunk\",\"root\":\"/src\",\"chunk\":1,\"of\":3},"
          + "{\"do\":\"chunk\",\"root\":\"/src\",\"chunk\":2,\"of\":3}]}";

  @SuppressWarnings("NullAway.Init") // by the extension
  @TempDir
  private Path folder;

  private final Set<String> broken = ConcurrentHashMap.newKeySet();
  private final Set<String> silent = ConcurrentHashMap.newKeySet();

  @SuppressWarnings("NullAway.Init") // before each
  private TaskLoop loop;

  @SuppressWarnings("NullAway.Init") // before each
  private TaskNews news;

  @SuppressWarnings("NullAway.Init") // before each
  private TaskService service;

  @SuppressWarnings("NullAway.Init") // before each
  private Analyses analyses;

  @BeforeEach
  void start() {
    LazyStore stores = new LazyStore(() -> SqliteStore.open(folder));
    TaskWaits waits = new TaskWaits();
    news =
        new TaskNews(new Feed(new InstanceId("0123456789abcdef"), AnalysesTest::nobodyAsks), waits);
    List<Machine> machines =
        List.of(
            new Machine("a", "a", "alpha", Machine.Standing.SELF, null),
            new Machine("b", "b", "beta", Machine.Standing.LINKED, null));
    loop =
        new TaskLoop(
            "a",
            new Dispatch(TaskSettings.defaults(), new Random(1)),
            stores,
            () -> machines,
            this::send,
            news);
    Admission admission = new Admission(loop, stores, new Admission.Limits(1_000, 0));
    service = new TaskService(loop, stores, waits, admission, new Random(2));
    analyses = new Analyses(service, news, new Random(3));
    loop.start(false);
    for (Machine machine : machines) {
      loop.heard(
          machine.key(),
          new WorkMessage.Offer(
              List.of("code_analysis"), 1, 0, 0, 0, Map.of(), List.of(), ResourceNeed.NONE));
    }
  }

  private static FeedState nobodyAsks() {
    throw new AssertionError("nobody reads events here");
  }

  @AfterEach
  void stop() {
    analyses.close();
    loop.close();
  }

  private boolean send(String worker, WorkMessage message) {
    if (message instanceof WorkMessage.Assign(List<WorkMessage.Order> orders)) {
      List<WorkMessage.Outcome> outcomes = new ArrayList<>();
      for (WorkMessage.Order order : orders) {
        if (silent.stream().noneMatch(order.payload()::contains)) {
          outcomes.add(outcome(order));
        }
      }
      loop.heard(worker, new WorkMessage.Results(outcomes));
    }
    return true;
  }

  private WorkMessage.Outcome outcome(WorkMessage.Order order) {
    Lease lease = new Lease(order.task(), order.epoch());
    if (broken.stream().anyMatch(order.payload()::contains)) {
      TaskError error = new TaskError("read", "The folder could not be read");
      return new WorkMessage.Outcome(lease, WorkMessage.Ending.BROKEN, null, error, 1);
    }
    CodeReport report =
        new CodeReport(1, 10, 2, Map.of("Java", new CodeReport.Count(1, 10)), List.of(), List.of());
    String result = order.payload().contains("\"plan\"") ? PLAN : report.write().toString();
    return new WorkMessage.Outcome(lease, WorkMessage.Ending.DONE, result, null, 1);
  }

  private String begin() throws Exception {
    Submission plan = analyses.begin("/src", List.of());
    assertThat(plan).isInstanceOf(Submission.Created.class);
    return String.valueOf(((Submission.Created) plan).task().group());
  }

  private Analysis awaitState(String id, Analysis.State state) {
    await().until(() -> analyses.find(id).orElseThrow().state() == state);
    try {
      return analyses.find(id).orElseThrow();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theChunksOfAPlanAddUp() throws Exception {
    Analysis done = awaitState(begin(), Analysis.State.DONE);
    assertThat(done.root()).isEqualTo("/src");
    assertThat(done.chunks()).isEqualTo(3);
    assertThat(done.done()).isEqualTo(3);
    assertThat(done.percent()).isEqualTo(100);
    assertThat(Objects.requireNonNull(done.report()).lines()).isEqualTo(30);
    assertThat(analyses.list()).extracting(Analysis::state).containsExactly(Analysis.State.DONE);
    assertThat(analyses.list().getFirst().report()).isNull();
  }

  @Test
  void aFailedChunkIsNamedWhatIsDoneCountsAndItCanBeRunAgain() throws Exception {
    broken.add("\"chunk\":1");
    String id = begin();
    Analysis failed = awaitState(id, Analysis.State.FAILED);
    assertThat(failed.done()).isEqualTo(2);
    assertThat(failed.problems()).hasSize(1);
    assertThat(failed.problems().getFirst()).endsWith(": The folder could not be read");
    assertThat(failed.report()).isNotNull();

    broken.clear();
    TaskRow chunk =
        service.list(TaskStore.Filter.group(id, 9)).stream()
            .filter(row -> failed.problems().getFirst().startsWith(row.id()))
            .findFirst()
            .orElseThrow();
    service.retry(chunk.id());
    assertThat(awaitState(id, Analysis.State.DONE).done()).isEqualTo(3);
  }

  @Test
  void aPlanThatFailsIsTheEnd() throws Exception {
    broken.add("\"plan\"");
    assertThat(awaitState(begin(), Analysis.State.FAILED).problems()).hasSize(1);
  }

  @Test
  void itGoesOnAfterARestart() throws Exception {
    analyses.close();
    String id = begin();
    await().until(() -> analyses.find(id).orElseThrow().chunks() == 3);
    assertThat(analyses.find(id).orElseThrow().state()).isEqualTo(Analysis.State.RUNNING);
    analyses = new Analyses(service, news, new Random(4));
    analyses.start(true);
    awaitState(id, Analysis.State.DONE);
  }

  @Test
  void itIsCalledOffWithAllItsTasks() throws Exception {
    silent.add("\"chunk\":1");
    silent.add("\"chunk\":2");
    String id = begin();
    await().until(() -> analyses.find(id).orElseThrow().done() == 1);
    Analysis off = analyses.cancel(id, "somebody").orElseThrow();
    assertThat(off.state()).isEqualTo(Analysis.State.CANCELLED);
    assertThat(off.done()).isEqualTo(1);
    assertThat(service.counts().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(4);
  }

  @Test
  void whereNoMachineCanNothingBegins() throws Exception {
    assertThat(analyses.begin("/src", List.of("gamma"))).isInstanceOf(Submission.Unplaceable.class);
    assertThat(analyses.list()).isEmpty();
    assertThat(analyses.find("t-none")).isEmpty();
  }
}

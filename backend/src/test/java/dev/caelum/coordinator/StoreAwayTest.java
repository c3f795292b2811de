package dev.caelum.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.caelum.cluster.InstanceId;
import dev.caelum.feed.Feed;
import dev.caelum.feed.FeedState;
import dev.caelum.store.SqliteStore;
import dev.caelum.store.StoreUnavailable;
import dev.caelum.store.TaskStore;
import dev.caelum.task.Dispatch;
import dev.caelum.task.Machine;
import dev.caelum.task.ResourceNeed;
import dev.caelum.task.TaskSettings;
import dev.caelum.task.TaskSpec;
import dev.caelum.task.TaskState;
import dev.caelum.task.WorkMessage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator whose real store is away at times. */
class StoreAwayTest {
  private static final String HERE = "alpha@192.168.7.1:8080";

  @SuppressWarnings("NullAway.Init") // by the extension
  @TempDir
  private Path folder;

  private volatile boolean away;
  private final LazyStore stores = new LazyStore(() -> atTimesAway(SqliteStore.open(folder)));
  private final TaskWaits waits = new TaskWaits();
  private final Machine machine = new Machine(HERE, "alpha", "alpha", Machine.Standing.SELF, null);
  private final TaskLoop loop =
      new TaskLoop(
          "alpha",
          new Dispatch(TaskSettings.defaults(), new Random(1)),
          stores,
          () -> List.of(machine),
          (worker, message) -> true,
          new TaskNews(new Feed(new InstanceId("i"), StoreAwayTest::nobodyAsks), waits));
  private final Admission admission = new Admission(loop, stores, Admission.Limits.keeping(1));
  private final TaskService service =
      new TaskService(loop, stores, waits, admission, new Random(2));

  private static FeedState nobodyAsks() {
    throw new AssertionError("nobody reads events here");
  }

  @BeforeEach
  void start() {
    loop.start(false);
    loop.heard(
        HERE,
        new WorkMessage.Offer(
            List.of("echo"), 4, 0, 0, 0, Map.of(), List.of(), new ResourceNeed(4, 8, 0)));
  }

  @AfterEach
  void stop() {
    loop.close();
  }

  private TaskStore atTimesAway(TaskStore store) {
    return (TaskStore)
        Proxy.newProxyInstance(
            TaskStore.class.getClassLoader(),
            new Class<?>[] {TaskStore.class},
            (proxy, method, arguments) -> {
              if (away && List.of(method.getExceptionTypes()).contains(StoreUnavailable.class)) {
                throw new StoreUnavailable(StoreUnavailable.Why.AWAY, "It does not answer.", null);
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void whileTheStoreIsAwayThatIsToldAllTheTimeAndItGoesOnByItself() throws Exception {
    submit();
    assertThat(admission.refusal()).isEmpty();

    away = true;
    assertThatThrownBy(this::submit).isInstanceOf(StoreUnavailable.class);
    await()
        .pollInterval(Duration.ofMillis(20))
        .during(Duration.ofMillis(2_500))
        .until(() -> admission.refusal().orElse("").contains("It does not answer."));
    assertThatThrownBy(this::submit).isInstanceOf(StoreUnavailable.class);

    away = false;
    await().until(() -> admission.refusal().isEmpty());
    submit();
    assertThat(service.counts()).containsOnly(Map.entry(TaskState.LEASED, 2L));
  }

  private void submit() throws Exception {
    service.submit(new TaskService.Order(TaskSpec.of("echo", "{}"), "local", null));
  }
}

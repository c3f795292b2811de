package dev.caelum.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.Announcement;
import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Failure;
import dev.caelum.cluster.FailureCode;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.NodeId;
import dev.caelum.feed.DiscoveryRun;
import dev.caelum.feed.DiscoveryRun.Attempt;
import dev.caelum.feed.DiscoveryRun.State;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DiscoveryRunnerTest {
  private static final Endpoint GAMMA = new Endpoint("10.0.0.3", 8080);
  private static final Endpoint LINKED = new Endpoint("10.0.0.9", 8080);

  private final Queue<DiscoveryRun> told = new ConcurrentLinkedQueue<>();
  private final BlockingQueue<Input> inputs = new LinkedBlockingQueue<>();

  @Test
  void beforeTheFirstPressNothingRan() {
    assertThat(runner().current().state()).isEqualTo(State.IDLE);
  }

  @Test
  void aSecondPressJoinsTheRunAndAThirdBeginsTheNext() throws Exception {
    DiscoveryRunner runner = runner(method("IDLE", _ -> {}));

    CompletableFuture<DiscoveryRun> first = runner.start();
    assertThat(runner.start()).isSameAs(first);
    runner.stop();
    assertThat(end(first).run()).isEqualTo(1);
    CompletableFuture<DiscoveryRun> next = runner.start();
    runner.stop();

    assertThat(end(next).run()).isEqualTo(2);
    assertThat(runner.runs()).isEqualTo(2);
  }

  @Test
  void aStopEndsTheRunAtOnceAndSaysSo() throws Exception {
    DiscoveryRunner runner = runner(method("PATIENT", search -> search.pause(Duration.ofHours(1))));

    CompletableFuture<DiscoveryRun> run = runner.start();
    runner.stop();

    DiscoveryRun result = end(run);
    assertThat(result.state()).isEqualTo(State.STOPPED);
    assertThat(result.percent()).isEqualTo(100);
    assertThat(result.verdict())
        .matches("Stopped by you after \\d\\.\\d s\\. 0 machines had answered\\.");
    assertThat(result.elapsedMillis()).isLessThan(DiscoveryRunner.LISTENING.toMillis());
  }

  @Test
  void withoutAnInterfaceNoAnswersAreWaitedFor() throws Exception {
    Surroundings nowhere =
        new Around() {
          @Override
          public int interfacesUsed() {
            return 0;
          }
        };
    DiscoveryRunner runner = new DiscoveryRunner(List.of(), nowhere, inputs::add, told::add);

    DiscoveryRun result = end(runner.start());

    assertThat(result.elapsedMillis()).isLessThan(DiscoveryRunner.LISTENING.toMillis());
    assertThat(result.verdict()).startsWith("No network interface");
    assertThat(told).extracting(DiscoveryRun::phase).doesNotContain(DiscoveryRun.Phase.LISTENING);
  }

  @Test
  void aMethodThatFailsOrHeedsNoInterruptHoldsNothingUp() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    DiscoveryRunner runner =
        runner(
            method(
                "BROKEN",
                _ -> {
                  throw new IllegalStateException("on purpose");
                }),
            method("DEAF", _ -> awaitDeaf(released)),
            method("GOOD", search -> search.candidate(GAMMA)));

    CompletableFuture<DiscoveryRun> run = runner.start();
    assertThat(contact().target()).isEqualTo(GAMMA);
    runner.stop();

    assertThat(end(run).state()).isEqualTo(State.STOPPED);
    released.countDown();
  }

  @Test
  void aCandidateIsContactedAndEndsInItsReason() throws Exception {
    DiscoveryRunner runner = runner(method("NEIGHBOURS", search -> search.candidate(GAMMA)));

    CompletableFuture<DiscoveryRun> run = runner.start();
    Input.Contact contact = contact();
    assertThat(contact.origin()).isEqualTo(Input.Origin.SCAN);
    assertThat(contact.method()).isEqualTo("NEIGHBOURS");
    runner.saw(new ClusterEvent.DialStarted(GAMMA, null, "UDP_BEACON"));
    runner.saw(
        new ClusterEvent.DialFailed(
            new Failure(FailureCode.REFUSED, GAMMA, "Connection refused", 3, 1, 0, null),
            null,
            "UDP_BEACON"));
    runner.stop();

    assertThat(end(run).attempts())
        .singleElement()
        .satisfies(attempt -> {
          assertThat(attempt.method()).isEqualTo("NEIGHBOURS");
          assertThat(attempt.code()).isEqualTo("refused");
          assertThat(attempt.text())
              .isEqualTo("10.0.0.3:8080 is up but nothing listens on TCP 8080.");
        });
  }

  @Test
  void whatIsStillOpenAtTheEndGetsAReasonToo() throws Exception {
    DiscoveryRunner runner = runner(method("NEIGHBOURS", search -> search.candidate(GAMMA)));

    CompletableFuture<DiscoveryRun> run = runner.start();
    contact();
    runner.stop();

    assertThat(end(run).attempts())
        .singleElement()
        .satisfies(attempt -> {
          assertThat(attempt.pending()).isFalse();
          assertThat(attempt.code()).isEqualTo("gave_up");
          assertThat(attempt.text()).contains("the run was stopped");
        });
  }

  @Test
  void aCandidateWithALinkIsConnectedAlreadyAndNotDialled() throws Exception {
    CountDownLatch searched = new CountDownLatch(1);
    DiscoveryRunner runner =
        runner(
            method(
                "NEIGHBOURS",
                search -> {
                  search.candidate(LINKED);
                  searched.countDown();
                }));

    CompletableFuture<DiscoveryRun> run = runner.start();
    assertThat(searched.await(10, TimeUnit.SECONDS)).isTrue();
    runner.stop();

    assertThat(end(run).attempts()).singleElement().matches(Attempt::connected);
    assertThat(inputs).isEmpty();
  }

  @Test
  void aWholeRunListensCountsEachMachineOnceAndNeverGoesBack() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    DiscoveryRunner runner =
        runner(
            method(
                "UDP_BEACON",
                search -> {
                  search.datagrams(4, 2);
                  search.datagrams(0, 4);
                  asked.countDown();
                }));

    CompletableFuture<DiscoveryRun> run = runner.start();
    assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
    runner.heard(beacon("gamma", "g1", GAMMA));
    runner.heard(beacon("gamma", "g1", GAMMA));
    runner.heard(beacon("old", null, new Endpoint("10.0.0.4", 8080)));
    runner.heard(beacon("old", null, new Endpoint("10.0.0.5", 8080)));
    DiscoveryRun result = end(run);

    assertThat(result.state()).isEqualTo(State.DONE);
    assertThat(result.answered()).isEqualTo(3);
    assertThat(result.verdict())
        .matches("Done in \\d+\\.\\d s: 3 machines answered, 1 connected\\.");
    assertThat(runner.answeredRuns()).isEqualTo(1);
    assertThat(told).extracting(DiscoveryRun::percent).isSorted().last().isEqualTo(100);
    assertThat(told).extracting(DiscoveryRun::phaseLine).last().isEqualTo("Done");
    assertThat(told).hasSizeLessThan(80);
  }

  @Test
  void aRunTellsWhoAnsweredTheOneBeforeAndNotThisOneAndTheOtherWayRound() throws Exception {
    DiscoveryRunner runner = runner(method("IDLE", _ -> {}));
    CompletableFuture<DiscoveryRun> first = runner.start();
    runner.heard(beacon("alpha", "a1", GAMMA));
    runner.heard(beacon("beta", "b1", GAMMA));
    runner.heard(beacon("gamma", "g1", GAMMA));
    runner.stop();
    assertThat(end(first).previous()).isNull();

    CompletableFuture<DiscoveryRun> second = runner.start();
    // beta was started anew meanwhile
    runner.heard(beacon("beta", "b2", GAMMA));
    runner.heard(beacon("alpha", "a1", GAMMA));
    runner.heard(beacon("delta", "d1", GAMMA));
    runner.stop();

    DiscoveryRun.Previous previous = Objects.requireNonNull(end(second).previous());
    assertThat(previous.run()).isEqualTo(1);
    assertThat(previous.answered()).isEqualTo(3);
    assertThat(previous.gone()).containsExactly("gamma");
    assertThat(previous.fresh()).containsExactly("delta");
  }

  @Test
  void afterItsEndNoRunBegins() throws Exception {
    DiscoveryRunner runner = runner(method("IDLE", _ -> {}));
    CompletableFuture<DiscoveryRun> run = runner.start();
    runner.close();

    assertThat(end(run).state()).isEqualTo(State.STOPPED);
    assertThat(end(runner.start()).run()).isEqualTo(1);
  }

  private static void awaitDeaf(CountDownLatch released) {
    while (released.getCount() > 0) {
      try {
        released.await();
      } catch (InterruptedException deaf) {
        // On purpose.
      }
    }
  }

  private Input.Contact contact() throws InterruptedException {
    return (Input.Contact) inputs.poll(10, TimeUnit.SECONDS);
  }

  private static DiscoveryRun end(CompletableFuture<DiscoveryRun> run) throws Exception {
    return run.get(20, TimeUnit.SECONDS);
  }

  private DiscoveryRunner runner(DiscoveryMethod... methods) {
    return new DiscoveryRunner(List.of(methods), new Around(), inputs::add, told::add);
  }

  /** What a method does. */
  private interface Body {
    void search(Search search) throws InterruptedException;
  }

  private static DiscoveryMethod method(String name, Body body) {
    return new DiscoveryMethod() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void search(Search search) throws InterruptedException {
        body.search(search);
      }
    };
  }

  private static Input.BeaconHeard beacon(String id, @Nullable String instance, Endpoint source) {
    return new Input.BeaconHeard(
        0,
        new Announcement(
            new NodeId(id),
            instance == null ? null : new InstanceId(instance),
            1,
            0,
            null,
            id,
            source.host(),
            "",
            "",
            Duration.ofSeconds(15),
            List.of()),
        source);
  }

  /** One interface, one linked machine. */
  static class Around implements Surroundings {
    @Override
    public Counts counts() {
      return new Counts(0, 0, 0, 0);
    }

    @Override
    public int interfacesUsed() {
      return 1;
    }

    @Override
    public int interfacesTotal() {
      return 2;
    }

    @Override
    public boolean echoSeen() {
      return true;
    }

    @Override
    public List<String> subnets() {
      return List.of("10.0.0.0/24");
    }

    @Override
    public boolean contained() {
      return false;
    }

    @Override
    public int connected() {
      return 1;
    }

    @Override
    public boolean linked(Endpoint endpoint) {
      return endpoint.equals(LINKED);
    }
  }
}

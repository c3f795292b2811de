package dev.caelum.cluster.sim;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherExecutionRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Looks for what catches a core that lacks a rule, in a process of its own: situations of one test
 * each, then seeds of {@link Chaos}, then the golden words. Prints the first; nothing when all is
 * well.
 */
final class Hunt {
  static final int SEEDS = Integer.getInteger("caelum.sim.runs", 300);

  private static final List<Class<?>> SITUATIONS =
      List.of(
          RulesTest.class,
          LateTest.class,
          NewsTest.class,
          SilenceTest.class,
          WantedLinksTest.class,
          ForgeryTest.class,
          SwimTest.class,
          FaultsTest.class,
          DialStormTest.class,
          SparseTest.class);

  private Hunt() {}

  /** The arguments are none, or a word for the whole story of a seed. */
  public static void main(String[] args) {
    boolean tell = args.length > 0;
    String caught = tests(SITUATIONS);
    if (caught == null || tell) {
      String seed = seeds(tell);
      caught = caught == null ? seed : caught;
    }
    caught = caught == null ? tests(List.of(ConversationsTest.class)) : caught;
    if (caught != null) {
      System.out.println(caught);
    }
    // Whatever a broken core has left running.
    System.exit(0);
  }

  private static @Nullable String seeds(boolean tell) {
    long[] seeds = LongStream.concat(ChaosTest.kept(), LongStream.rangeClosed(1, SEEDS)).toArray();
    for (long seed : seeds) {
      Broken broken = Chaos.outcome(Plan.of(seed));
      if (broken != null) {
        if (tell) {
          System.err.println(Reduction.of(Plan.of(seed), broken).told().getMessage());
        }
        return "seed " + seed + ": " + broken.kind.replaceAll("%[sd]", "…");
      }
    }
    return null;
  }

  private static @Nullable String tests(List<Class<?>> classes) {
    AtomicReference<@Nullable String> caught = new AtomicReference<>();
    CancellationToken enough = CancellationToken.create();
    TestExecutionListener listener =
        new TestExecutionListener() {
          @Override
          public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            boolean failed = result.getStatus() == TestExecutionResult.Status.FAILED;
            if (failed && test.isTest() && caught.compareAndSet(null, name(test))) {
              enough.cancel();
            }
          }
        };
    LauncherExecutionRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(classes.stream().map(DiscoverySelectors::selectClass).toList())
            .forExecution()
            .cancellationToken(enough)
            .listeners(listener)
            .build();
    LauncherFactory.create().execute(request);
    return caught.get();
  }

  private static String name(TestIdentifier test) {
    return test.getSource()
        .map(source ->
            source instanceof org.junit.platform.engine.support.descriptor.MethodSource method
                ? method.getJavaClass().getSimpleName() + "." + method.getMethodName()
                : source.toString())
        .orElse(test.getDisplayName());
  }
}

package dev.caelum.ui.fake;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How long tests wait for what must come: so long that a busy machine fails none. */
public final class Patience {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private Patience() {}

  /** Begins to wait, up to 30 s. */
  public static ConditionFactory await() {
    return Awaitility.await().atMost(LIMIT);
  }
}

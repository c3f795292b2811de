package dev.caelum.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.feed.DiscoveryRun.Attempt;
import dev.caelum.feed.DiscoveryRun.Phase;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunWordsTest {
  private final Locale usual = Locale.getDefault();

  @AfterEach
  void restore() {
    Locale.setDefault(usual);
  }

  @Test
  void someAnswered() {
    assertThat(done(4, List.of("delta"), 0, List.of(), new Lan(1, true, 4)))
        .isEqualTo("Done in 6.2 s: 4 machines answered, 1 new (delta), 4 connected.");
  }

  @Test
  void numbersLookTheSameInEveryLanguage() {
    Locale.setDefault(Locale.GERMANY);

    assertThat(done(1, List.of(), 0, List.of(), new Lan(1, true, 1)))
        .isEqualTo("Done in 6.2 s: 1 machine answered, 1 connected.");
    assertThat(RunWords.stopped(2_100, 2))
        .isEqualTo("Stopped by you after 2.1 s. 2 machines had answered.");
  }

  @Test
  void whoIsMissingIsToldUnlessLinkedAfterAll() {
    List<Attempt> attempts =
        List.of(
            attempt("gamma@10.0.0.3:8080", false, "gamma (10.0.0.3) refused."),
            attempt("delta@10.0.0.4:8080", false, "delta (10.0.0.4) refused."),
            attempt("delta@10.0.0.4:8080", true, "Connected to delta in 3 ms"));

    assertThat(done(4, List.of(), 0, attempts, new Lan(1, true, 3)))
        .isEqualTo("Done in 6.2 s: 4 machines answered, 3 connected. gamma (10.0.0.3) refused.");
  }

  @Test
  void nobodyAnsweredThoughOurOwnBeaconsCameBack() {
    assertThat(done(0, List.of(), 0, List.of(), new Lan(1, true, 0)))
        .isEqualTo(
            "No other machine answered. Our own announcements came back, so multicast works here."
                + " Most likely no other Caelum node is running in 10.0.0.0/24, or it is on another"
                + " subnet.");
  }

  @Test
  void inAContainerTheNetworkItselfMayBeTheReason() {
    Surroundings contained =
        new Lan(1, true, 0) {
          @Override
          public boolean contained() {
            return true;
          }
        };
    assertThat(done(0, List.of(), 0, List.of(), contained))
        .contains("or it is on another subnet. This node seems to run in a container")
        .endsWith("(--network host), or name a machine with --known.");
  }

  @Test
  void nobodyAnsweredAndNothingCameBack() {
    assertThat(done(0, List.of(), 0, List.of(), new Lan(1, false, 0)))
        .startsWith("No answer, and our own announcements did not come back either.");
  }

  @Test
  void nobodyAnsweredWhileLinksStand() {
    assertThat(done(0, List.of(), 0, List.of(), new Lan(1, true, 2)))
        .startsWith("No machine answered by UDP, though 2 machines are connected;");
  }

  @Test
  void thereIsNoNetworkAtAll() {
    assertThat(done(0, List.of(), 0, List.of(), new Lan(0, false, 0)))
        .startsWith("No network interface of this machine carries beacons,");
  }

  @Test
  void othersBelongElsewhere() {
    assertThat(done(2, List.of(), 2, List.of(), new Lan(1, true, 0)))
        .endsWith("0 connected. 2 machines belong to another cluster.");
  }

  @Test
  void thePhasesSayWhatIsGoingOn() {
    assertThat(RunWords.phaseLine(Phase.SENDING, 0, 1, 0, 0, false))
        .isEqualTo("Step 1 of 3 · Asking on 1 interface");
    assertThat(RunWords.phaseLine(Phase.SENDING, 0, 0, 0, 0, false))
        .isEqualTo("Step 1 of 3 · No interface to ask on, trying known machines");
    assertThat(RunWords.phaseLine(Phase.LISTENING, 2_100, 2, 0, 0, false))
        .isEqualTo("Step 2 of 3 · Listening for answers, 3 s left");
    assertThat(RunWords.phaseLine(Phase.CONNECTING, 5_100, 2, 1, 3, false))
        .isEqualTo("Step 3 of 3 · Connecting, 1 of 3 attempts ended");
    assertThat(RunWords.phaseLine(Phase.FINISHED, 0, 2, 1, 3, true)).isEqualTo("Stopped");
  }

  private static String done(
      int answered, List<String> fresh, int foreign, List<Attempt> attempts, Surroundings around) {
    return RunWords.done(6_200, answered, fresh, foreign, attempts, around);
  }

  private static Attempt attempt(String key, boolean connected, String text) {
    return new Attempt("", null, key, "UDP_BEACON", false, connected, 3L, null, text, null);
  }

  private static class Lan extends DiscoveryRunnerTest.Around {
    private final int interfaces;
    private final boolean echo;
    private final int connected;

    Lan(int interfaces, boolean echo, int connected) {
      this.interfaces = interfaces;
      this.echo = echo;
      this.connected = connected;
    }

    @Override
    public int interfacesUsed() {
      return interfaces;
    }

    @Override
    public boolean echoSeen() {
      return echo;
    }

    @Override
    public int connected() {
      return connected;
    }
  }
}

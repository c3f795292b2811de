package dev.caelum.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.MachineInfo;
import dev.caelum.wire.Frame;
import dev.caelum.wire.MachineChange;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Both ends of a link, one heartbeat after the other. */
class HeartbeatsTest {
  private static final MachineInfo MACHINE = Rows.info("id", "alpha", "10.0.0.1");
  private static final MachineInfo OTHER_ADDRESS = Rows.info("id", "alpha", "10.0.0.2");

  private final Heartbeats sender = new Heartbeats();
  private final Heartbeats receiver = new Heartbeats();
  private long now = System.nanoTime();

  @Test
  void theFirstTellsAllUnlessTheRegistrationDid() {
    assertThat(sender.next(MACHINE, now)).isEqualTo(new Frame.Heartbeat(MACHINE));

    Heartbeats registered = new Heartbeats();
    registered.told(MACHINE, now);
    assertThat(registered.next(MACHINE, now)).isInstanceOf(Frame.Pulse.class);
  }

  @Test
  void whatTheReceiverMakesOfAllOfThemIsTheMachine() {
    MachineInfo heard = OTHER_ADDRESS;
    for (int i = 0; i < 100; i++) {
      now += TimeUnit.SECONDS.toNanos(30);
      MachineInfo machine = loaded(i == 50 ? OTHER_ADDRESS : MACHINE, i * 0.25);
      Frame frame = sender.next(machine, now);
      if (frame instanceof Frame.Heartbeat(MachineInfo info)) {
        receiver.heard(info);
        heard = info;
      } else if (frame instanceof Frame.Pulse(MachineChange change)) {
        heard = Objects.requireNonNull(receiver.after(change));
      }
      assertThat(heard.resources()).isEqualTo(machine.resources());
      assertThat(heard.primaryIp()).isEqualTo(machine.primaryIp());
    }
  }

  @Test
  void allIsToldAgainEveryTenMinutes() {
    int full = 0;
    for (int i = 0; i < 120; i++) {
      full += sender.next(MACHINE, now) instanceof Frame.Heartbeat ? 1 : 0;
      now += TimeUnit.SECONDS.toNanos(30);
    }
    assertThat(full).isEqualTo(6);
  }

  private static MachineInfo loaded(MachineInfo m, double cpu) {
    return new MachineInfo(
        m.machineId(),
        m.hostname(),
        m.primaryIp(),
        m.networkInfo(),
        new MachineInfo.Resources(4, cpu, 8.0, 2.0 + cpu, 50.0, 100.0, 50.0, 50.0, null),
        m.status(),
        m.runningServices(),
        m.availablePorts(),
        m.lastHeartbeat(),
        m.caelumVersion(),
        m.platform(),
        m.clusterId(),
        m.clusterName(),
        m.role());
  }
}

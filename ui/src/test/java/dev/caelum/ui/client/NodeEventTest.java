package dev.caelum.ui.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caelum.ui.fake.FakeJson;
import jakarta.json.JsonException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NodeEventTest {
  @Test
  void aSnapshotIsReadWhole() {
    NodeEvent event =
        NodeEvent.read("snapshot", FakeJson.snapshot(List.of(FakeJson.self()))).orElseThrow();
    assertThat(event)
        .isInstanceOfSatisfying(
            NodeEvent.Snapshot.class,
            snapshot -> {
              assertThat(snapshot.node().clusterName()).isEqualTo("caelum-lan");
              assertThat(snapshot.node().port("beacon")).isEqualTo("8181");
              assertThat(snapshot.node().interfaces()).hasSize(3);
              assertThat(snapshot.machines()).singleElement().matches(Machine::self);
              assertThat(snapshot.discovery().running()).isFalse();
            });
  }

  @Test
  void whatWasNotMeasuredIsUnknown() {
    Machine machine =
        machine("{\"machine\":{\"key\":\"k\",\"state\":\"heard\",\"resources\":null}}");
    assertThat(machine.cpuPercent()).isNull();
    assertThat(machine.services()).isNull();
    assertThat(machine.rttMillis()).isNull();
    assertThat(machine.lastSeen()).isNull();
    assertThat(machine.failure()).isNull();
  }

  @Test
  void fieldsOfAnotherTypeAreUnknown() {
    Machine machine =
        machine(
            "{\"machine\":{\"key\":\"k\",\"state\":7,\"connected\":\"yes\",\"hostname\":[],"
                + "\"resources\":{\"cpu_usage_percent\":\"much\"},\"link\":\"no\"}}");
    assertThat(machine.state()).isEqualTo(MachineState.HEARD);
    assertThat(machine.connected()).isFalse();
    assertThat(machine.hostname()).isEqualTo("k");
    assertThat(machine.cpuPercent()).isNull();
  }

  @Test
  void anAgeBecomesAMoment() {
    long before = Monotonic.millis();
    Machine machine = machine("{\"machine\":{\"key\":\"k\",\"last_seen_seconds\":60}}");
    assertThat(machine.lastSeen()).isBetween(before - 60_000, Monotonic.millis() - 60_000);
  }

  @Test
  void everyStateOfAServiceIsKnownByTheNodesWord() {
    for (ServiceState state : ServiceState.values()) {
      String json = "{\"services\":[{\"key\":\"k\",\"state\":\"" + state.word() + "\"}]}";
      assertThat(((NodeEvent.ServicesChanged) NodeEvent.read("services", json).orElseThrow()))
          .satisfies(told -> assertThat(told.services().getFirst().state()).isEqualTo(state));
    }
    assertThat(ServiceState.of("asleep")).isEqualTo(ServiceState.UNKNOWN);
  }

  @Test
  void aTaskOnADeadMachineIsDoubtful() {
    assertThat(task("{\"id\":\"1\",\"machine_state\":\"dead\"}").machineLost()).isTrue();
    assertThat(task("{\"id\":\"1\",\"machine_state\":\"suspect\"}").machineLost()).isFalse();
    assertThat(task("{\"id\":\"1\",\"machine_state\":null}").machineLost()).isFalse();
  }

  @Test
  void eventsOfALaterVersionAreSkipped() {
    assertThat(NodeEvent.read("weather", "{}")).isEmpty();
  }

  @Test
  void deepNestingIsRefused() {
    String deep = "{\"machine\":" + "[".repeat(200) + "]".repeat(200) + "}";
    assertThatThrownBy(() -> NodeEvent.read("machine", deep)).isInstanceOf(JsonException.class);
  }

  private static Task task(String json) {
    NodeEvent event = NodeEvent.read("tasks", "{\"tasks\":[" + json + "]}").orElseThrow();
    return ((NodeEvent.TasksChanged) event).tasks().getFirst();
  }

  private static Machine machine(String json) {
    return ((NodeEvent.MachineChanged) NodeEvent.read("machine", json).orElseThrow()).machine();
  }
}

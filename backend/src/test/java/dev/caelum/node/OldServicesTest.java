package dev.caelum.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.Member;
import dev.caelum.service.Service;
import dev.caelum.service.ServiceState;
import java.util.List;
import org.junit.jupiter.api.Test;

class OldServicesTest {
  private final OldServices services = new OldServices();

  @Test
  void anOldNodesServersAreListedAsItTellsThem() {
    Member old =
        machine(
            service(8_117, "caelum-ollama-pool", "running"),
            service(8_118, "caelum-api-gateway", "stopped"),
            service(5_432, "postgresql", "running"));
    assertThat(services.saw(old)).isTrue();
    assertThat(services.saw(old)).isFalse();
    List<Service> told = services.of(old.key());
    assertThat(told)
        .extracting(Service::name)
        .containsExactly("caelum-ollama-pool", "caelum-api-gateway");
    assertThat(told)
        .extracting(Service::state)
        .containsExactly(ServiceState.RUNNING, ServiceState.DOWN);
    assertThat(told.getLast().reason()).isEqualTo("Its machine says: stopped.");
    assertThat(services.removed(old.key())).isTrue();
    assertThat(services.of(old.key())).isEmpty();
  }

  private static MachineInfo.ServiceInfo service(int port, String name, String status) {
    String type = name.equals("postgresql") ? "database" : "mcp_server";
    return new MachineInfo.ServiceInfo(port, name, type, "", status);
  }

  private static Member machine(MachineInfo.ServiceInfo... running) {
    return Rows.running(List.of(running));
  }
}

package dev.caelum.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Failure;
import dev.caelum.cluster.FailureCode;
import dev.caelum.cluster.MachineInfo.ServiceInfo;
import dev.caelum.cluster.MemberState;
import dev.caelum.feed.DiscoveryRun;
import dev.caelum.feed.Finding;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each route answers; the keys of old scripts are spelled out here. */
class RoutesTest {
  private static final String API = "/api/v1";
  private final TestNode node = new TestNode();

  @BeforeEach
  void machines() {
    node.members =
        List.of(
            Members.selfNamed("alpha"),
            Members.machine("caelum-beta", "192.168.7.2")
                .services(
                    new ServiceInfo(5_432, "postgresql", "database", "", "active"),
                    new ServiceInfo(8_102, "caelum-code-analysis", "mcp_server", "", "active"))
                .build(),
            Members.machine("caelum-00000000", "192.168.7.3").duplicate().build(),
            Members.machine("caelum-00000000", "192.168.7.4").duplicate().build(),
            Members.machine("caelum-gone", "192.168.7.5")
                .state(MemberState.DEAD)
                .failure(
                    new Failure(
                        FailureCode.REFUSED,
                        new Endpoint("192.168.7.5", 8_080),
                        "Connection refused",
                        3,
                        2,
                        4_000_000_000L,
                        13_000_000_000L))
                .build(),
            Members.machine("caelum-lab", "192.168.7.6").foreign().build());
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /machines | total_machines online_machines offline_machines total_resources machines
          /machines/caelum-beta | machine_id hostname primary_ip network_info resources status \
           running_services available_ports last_heartbeat caelum_version platform_info cluster_id \
           cluster_name machine_role
          /servers | servers summary
          /services/discovery | distributed_services service_endpoints
          /services/postgresql/location | service_name port machine_id ip_address endpoint status
          /ports/distributed | port_allocations machine_services summary
          /cluster/status | cluster_server_running local_machine_id connected_machines \
           connection_details discovered_machines pending_tasks resource_reservations \
           communication_port message_handlers error
          /cluster/info | local_cluster discovered_clusters network_summary
          /udp/discovered | udp_discovered_machines total_discovered discovery_method note
          """)
  void oldScriptsFindTheirKeys(String path, String keys) {
    assertThat(json(node.get(API + path)).keySet()).containsAll(words(keys));
  }

  @Test
  void nestedObjectsKeepTheirOldKeysToo() {
    JsonObject machine = json(node.get(API + "/machines/caelum-beta"));
    assertThat(machine.getJsonObject("network_info").keySet())
        .containsAll(words("hostname ip_addresses mac_addresses network_interfaces"));
    assertThat(machine.getJsonObject("resources").keySet())
        .containsExactlyInAnyOrderElementsOf(
            words(
                "cpu_cores cpu_usage_percent memory_total_gb memory_available_gb"
                    + " memory_usage_percent disk_total_gb disk_available_gb disk_usage_percent"
                    + " gpu_info"));
    assertThat(machine.getJsonArray("running_services").getJsonObject(0).keySet())
        .containsAll(words("port service_name service_type purpose status"));
    assertThat(json(node.get(API + "/machines")).getJsonObject("total_resources").keySet())
        .containsAll(
            words(
                "cpu_cores memory_total_gb memory_available_gb disk_total_gb disk_available_gb"
                    + " gpu_count"));
    JsonObject ports = json(node.get(API + "/ports/distributed"));
    assertThat(ports.getJsonObject("port_allocations").getJsonObject("8080").keySet())
        .containsAll(
            words(
                "service_name service_type project purpose machine_id ip_address endpoint status"));
    assertThat(ports.getJsonObject("summary").keySet())
        .containsAll(words("total_ports assigned_to_machines available_for_assignment"));
    JsonObject services = json(node.get(API + "/services/discovery"));
    assertThat(services.getJsonObject("service_endpoints").keySet())
        .containsAll(words("databases apis websockets mcp_servers monitoring"));
    assertThat(
            services
                .getJsonObject("distributed_services")
                .getJsonArray("caelum-beta")
                .getJsonObject(0)
                .keySet())
        .containsExactlyInAnyOrderElementsOf(
            words(
                "port service_name service_type project purpose protocol status machine_id"
                    + " ip_address"));
    JsonObject info = json(node.get(API + "/cluster/info"));
    assertThat(info.getJsonObject("local_cluster").keySet())
        .containsAll(
            words("cluster_id cluster_name total_machines online_machines coordinator_machine"));
    assertThat(info.getJsonObject("network_summary").keySet())
        .containsAll(
            words("total_machines total_clusters cluster_connections cluster_server_running"));
    JsonObject servers = json(node.get(API + "/servers"));
    assertThat(servers.getJsonObject("summary").keySet())
        .containsAll(words("total available error unavailable claude_has_access"));
    assertThat(servers.getJsonArray("servers").getJsonObject(0).keySet())
        .containsAll(words("name status response_time port last_check"));
    assertThat(servers.getJsonArray("servers")).hasSize(20);
  }

  @Test
  void theListCountsThisMachineAndShowsItFirst() {
    JsonObject list = json(node.get(API + "/machines"));
    assertThat(list.getInt("total_machines")).isEqualTo(5);
    assertThat(list.getInt("online_machines")).isEqualTo(4);
    assertThat(list.getInt("offline_machines")).isEqualTo(1);
    assertThat(list.getInt("heard_machines")).isEqualTo(1);
    assertThat(list.getJsonArray("machines")).hasSize(4);
    JsonObject first = list.getJsonArray("machines").getJsonObject(0);
    assertThat(first.getBoolean("self")).isTrue();
    assertThat(first.getBoolean("connected")).isTrue();
    assertThat(list.getJsonArray("other_machines")).hasSize(2);
    assertThat(list.getJsonObject("total_resources").getInt("cpu_cores")).isEqualTo(16);
    assertThat(list.getJsonObject("total_resources").isNull("gpu_count")).isTrue();
  }

  @Test
  void theListCanBeAskedByState() {
    JsonObject list = json(node.get(API + "/machines?state=dead,left"));
    assertThat(list.getJsonArray("machines")).hasSize(1);
    assertThat(list.getJsonArray("other_machines")).isEmpty();
    problem(node.get(API + "/machines?state=drunk"), 400, "bad_parameter");
  }

  @Test
  void aMachineThatCannotBeReachedSaysWhyAndWhenItIsTriedAgain() {
    JsonObject machine = json(node.get(API + "/machines/caelum-gone@192.168.7.5:8080"));
    assertThat(machine.getString("status")).isEqualTo("offline");
    assertThat(machine.isNull("link")).isTrue();
    JsonObject failure = machine.getJsonObject("failure");
    assertThat(failure.getString("code")).isEqualTo("refused");
    assertThat(failure.getString("text"))
        .isEqualTo("gone (192.168.7.5) is up but nothing listens on TCP 8080.");
    assertThat(failure.getJsonNumber("age_seconds").doubleValue()).isEqualTo(1);
    assertThat(failure.getJsonNumber("next_attempt_seconds").doubleValue()).isEqualTo(8);
  }

  @Test
  void whyTellsWhatHoldsNowAndWhatHappenedWithItsAge() {
    String key = "caelum-beta@192.168.7.2:8080";
    node.findings.put(
        key,
        List.of(
            new Finding(4_500_000_000L, "alive", "beta is alive again (was suspect)"),
            new Finding(3_000_000_000L, "suspect", "beta is suspect: gamma found it silent")));
    JsonObject why = json(node.get(API + "/machines/caelum-beta/why"));
    assertThat(why.getString("key")).isEqualTo(key);
    assertThat(why.getString("summary")).isEqualTo("alive, linked");
    assertThat(why.getJsonArray("reasons").getString(0))
        .isEqualTo(
            "It has been linked for 4.0 s; this node dialled 192.168.7.2:8080; a round trip takes 1.5"
                + " ms.");
    JsonObject newest = why.getJsonArray("findings").getJsonObject(0);
    assertThat(newest.getString("code")).isEqualTo("alive");
    assertThat(newest.getJsonNumber("age_seconds").doubleValue()).isEqualTo(0.5);
    assertThat(why.getJsonArray("findings")).hasSize(2);
    assertThat(node.get(API + "/machines/nobody/why").statusCode()).isEqualTo(404);
    assertThat(node.get(API + "/machines/caelum-00000000/why").statusCode()).isEqualTo(409);
  }

  @Test
  void theIdentityTellsWhoIsMeantAndARenewalTheOldAndTheNewId() {
    JsonObject identity = json(node.get(API + "/identity"));
    assertThat(identity.getString("since")).isEqualTo("1970-01-01T00:00:00Z");
    assertThat(identity.getJsonArray("duplicates")).isEmpty();
    assertThat(identity.isNull("advice")).isTrue();
    var answer = node.post(API + "/identity/renew", null);
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(json(answer).getString("old_machine_id")).isEqualTo("caelum-alpha");
    assertThat(json(answer).getString("machine_id")).isEqualTo("caelum-new");
    await().until(() -> node.asked.equals(List.of("renew", "restart")));
    problem(
        node.post(API + "/identity/renew", null, "X-Forwarded-For", "192.168.7.9"),
        403,
        "local_only");
  }

  @Test
  void headIsAnsweredLikeGetWithoutABody() {
    for (String path : List.of("/health", API + "/node", API + "/machines/nobody", "/nowhere")) {
      var get = node.get(path);
      var head = node.send("HEAD", path, null);
      assertThat(head.statusCode()).as(path).isEqualTo(get.statusCode());
      assertThat(head.headers().firstValue("Content-Type"))
          .isEqualTo(get.headers().firstValue("Content-Type"));
      assertThat(head.headers().firstValueAsLong("Content-Length").orElse(0)).isPositive();
      assertThat(head.body()).isEmpty();
    }
    assertThat(node.send("HEAD", API + "/events", null).statusCode()).isEqualTo(405);
    assertThat(node.send("HEAD", API + "/identity/renew", null).headers().firstValue("Allow"))
        .contains("POST");
    assertThat(node.asked).isEmpty();
  }

  @Test
  void anIdThatSeveralMachinesUseIsAConflictAndTheKeyIsNot() {
    JsonObject conflict = problem(node.get(API + "/machines/caelum-00000000"), 409, "duplicate_id");
    assertThat(conflict.getJsonArray("keys").getValuesAs(jakarta.json.JsonString::getString))
        .containsExactly("caelum-00000000@192.168.7.3:8080", "caelum-00000000@192.168.7.4:8080");
    assertThat(
            json(node.get(API + "/machines/caelum-00000000@192.168.7.4:8080")).getString("address"))
        .isEqualTo("192.168.7.4:8080");
    assertThat(json(node.get(API + "/services/discovery")).getJsonObject("distributed_services"))
        .containsKeys("caelum-00000000@192.168.7.3:8080", "caelum-00000000@192.168.7.4:8080");
    problem(node.get(API + "/machines/nobody"), 404, "unknown_machine");
  }

  @Test
  void clustersAreNamedApart() {
    JsonObject clusters =
        json(node.get(API + "/cluster/info")).getJsonObject("discovered_clusters");
    assertThat(clusters).hasSize(2);
    JsonObject lab = clusters.getJsonObject("99999999-0000-0000-0000-000000000000");
    assertThat(lab.getString("cluster_name")).isEqualTo("lab-b");
    assertThat(lab.getJsonArray("machines")).hasSize(1);
    assertThat(lab.getJsonObject("total_resources").isNull("cpu_cores")).isTrue();
  }

  @Test
  void connectSaysHowItEnded() {
    JsonObject done = json(node.post(API + "/cluster/connect", "{\"host\":\"beta\"}"));
    assertThat(done.getBoolean("success")).isTrue();
    assertThat(done.getString("key")).isEqualTo("caelum-beta@192.168.7.2:8080");
    node.connectResult = TestNode.failed(FailureCode.TIMEOUT);
    JsonObject failed =
        json(node.post(API + "/cluster/connect", "{\"host\":\"::1\",\"port\":9000}"));
    assertThat(failed.getBoolean("success")).isFalse();
    assertThat(failed.getString("code")).isEqualTo("timeout");
    assertThat(failed.getString("error")).isEqualTo(failed.getString("message"));
    node.connectResult = TestNode.failed(FailureCode.POLICY);
    problem(node.post(API + "/cluster/connect", "{\"host\":\"224.0.0.1\"}"), 403, "policy");
    assertThat(node.asked)
        .containsExactly("connect beta:8080", "connect ::1:9000", "connect 224.0.0.1:8080");
  }

  @Test
  void discoverAnswersAtTheEndOrAtOnce() {
    JsonObject run = json(node.post(API + "/cluster/discover", null));
    assertThat(run.getString("status")).isEqualTo("discovery_completed");
    assertThat(run.keySet())
        .containsAll(
            words(
                "status message udp_discovered udp_discovered_machines discovered_endpoints"
                    + " connection_attempts connected_machines discovered_machines"));
    node.discovering = new CompletableFuture<DiscoveryRun>();
    var accepted = node.post(API + "/cluster/discover?wait=false", null);
    assertThat(accepted.statusCode()).isEqualTo(202);
    assertThat(json(accepted).getString("state")).isEqualTo("idle");
    assertThat(node.send("DELETE", API + "/cluster/discover", null).statusCode()).isEqualTo(200);
    assertThat(node.asked).containsExactly("discover", "discover", "stop");
    problem(node.post(API + "/cluster/discover?wait=maybe", null), 400, "bad_parameter");
  }

  @Test
  void aBroadcastOfAScriptIsAStatusOnly() {
    String path = API + "/cluster/broadcast";
    JsonObject sent =
        json(node.post(path, "{\"message_type\":\"status_broadcast\",\"payload\":{\"a\":1}}"));
    assertThat(sent.getInt("recipients")).isEqualTo(3);
    assertThat(sent.getString("message_id")).isNotEmpty();
    problem(node.post(path, "{\"message_type\":\"task_assign\",\"payload\":{}}"), 400, "bad_body");
    problem(
        node.post(path, "{\"message_type\":\"status_broadcast\",\"payload\":[]}"), 400, "bad_body");
    assertThat(node.asked).containsExactly("broadcast {\"a\":1}");
  }

  @Test
  void aRegistrationIsOnlyAReasonToLook() {
    String path = API + "/machines/register";
    JsonObject done = json(node.post(path, machine("caelum-new", "192.168.7.9")));
    assertThat(done.getString("status")).isEqualTo("registered");
    assertThat(done.getString("machine_id")).isEqualTo("caelum-new");
    node.connectResult = TestNode.failed(FailureCode.REFUSED);
    assertThat(json(node.post(path, machine("caelum-new", "192.168.7.9"))).getString("status"))
        .isEqualTo("error");
    assertThat(json(node.post(path, machine("caelum-beta", "192.168.7.2"))).getString("status"))
        .isEqualTo("registered");
    assertThat(node.asked).containsOnly("connect 192.168.7.9:8080");
    String extra = machine("caelum-new", "192.168.7.9").replaceFirst("\\{", "{\"extra\":1,");
    problem(node.post(path, extra), 400, "bad_body");
    assertThat(
            problem(node.post(path, extra.replace("cluster_name", "x")), 400, "bad_body")
                .getString("detail"))
        .contains("cluster_name");
  }

  @Test
  void aHeartbeatIsAcknowledgedForMachinesThatAreKnown() {
    JsonObject answer = json(node.post(API + "/machines/caelum-beta/heartbeat", null));
    assertThat(answer.keySet()).containsExactlyInAnyOrder("status", "timestamp");
    problem(node.post(API + "/machines/nobody/heartbeat", null), 404, "unknown_machine");
  }

  @Test
  void whatIsNotThereSaysSo() {
    problem(node.post(API + "/analysis/benchmark", "{}"), 410, "gone");
    problem(node.get(API + "/claude/configs"), 410, "gone");
    problem(node.post(API + "/claude/sync", "{}"), 410, "gone");
    problem(node.get("/api/cluster-monitor/server/x/metrics"), 410, "gone");
    problem(node.get("/api/servers/hierarchy"), 410, "gone");
    problem(node.get("/api/v1/nothing"), 404, "unknown_route");
    var wrong = node.send("PUT", API + "/cluster/discover", "{}");
    problem(wrong, 405, "method_not_allowed");
    assertThat(wrong.headers().firstValue("Allow")).contains("DELETE, GET, HEAD, POST");
    problem(node.get(API + "/services/none/location"), 404, "unknown_service");
  }

  private static String machine(String id, String ip) {
    return """
    {"machine_id":"%s","hostname":"h","primary_ip":"%s","network_info":{"hostname":"h",
    "ip_addresses":[],"mac_addresses":[],"network_interfaces":[]},"resources":{"cpu_cores":1,
    "cpu_usage_percent":null,"memory_total_gb":1,"memory_available_gb":1,
    "memory_usage_percent":1,"disk_total_gb":1,"disk_available_gb":1,"disk_usage_percent":1,
    "gpu_info":null},"status":"online","running_services":[],"available_ports":[],
    "last_heartbeat":"2026-01-02T03:04:05","caelum_version":"0.1.0","platform_info":null,
    "cluster_id":"c","cluster_name":"n","machine_role":"node"}
    """
        .formatted(id, ip);
  }

  static JsonObject problem(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonObject problem = json(response);
    assertThat(problem.getString("code")).isEqualTo(code);
    assertThat(problem.getInt("status")).isEqualTo(status);
    assertThat(problem.getString("error")).isEqualTo(problem.getString("detail"));
    return problem;
  }

  static JsonObject json(HttpResponse<String> response) {
    return Json.createReader(new StringReader(response.body())).readObject();
  }

  private static Set<String> words(String list) {
    return Set.of(list.strip().split(" +"));
  }
}

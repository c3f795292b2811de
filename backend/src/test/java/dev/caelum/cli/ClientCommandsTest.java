package dev.caelum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cli.StandInNode.Ran;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ClientCommandsTest {
  private static final String SELF =
      """
      {"machine_id":"caelum-a","key":"caelum-a@10.0.0.1:8080","hostname":"alpha","self":true,
       "state":"alive","connected":true,"address":"10.0.0.1:8080","legacy":false,"link":null,
       "state_since_seconds":60,"last_seen_seconds":0,
       "resources":{"cpu_usage_percent":12.4,"memory_usage_percent":null}}\
      """;
  private static final String BETA =
      """
      {"hostname":"beta","state":"alive","connected":true,"address":"10.0.0.2:8080","legacy":true,
       "link":{"direction":"outbound","path":"10.0.0.2:8080","rtt_ms":0.42,"since_seconds":5},
       "probes":{"rtt_ms":0.5,"asked":8,"lost":2,"udp_blocked":false},"state_since_seconds":5,
       "machine_id":"caelum-b","key":"caelum-b@10.0.0.2:8080","summary":"alive, linked",
       "doubt":{"since_seconds":90,"evidence":"silent","outcome":"refuted","ended_seconds":89,
        "accusers":[{"instance":"i9","key":null,"hostname":null},
         {"instance":"i1","key":"k","hostname":"gam\\nma"}]},
       "incarnation":3,"last_seen_seconds":1.2}\
      """;
  private static final String GAMMA =
      """
      {"hostname":"gam\\nma\\u001b[31m\\u202e","state":"dead","connected":false,"duplicate_id":true,
       "address":"10.0.0.3:8080","last_seen_seconds":125.0,
       "failure":{"code":"refused","text":"Nothing listens there.","hint":"Start Caelum there."}}\
      """;
  private static final String NODE =
      """
      {"hostname":"alpha","key":"caelum-a@10.0.0.1:8080","cluster_name":"lab","version":"0.2.0",
       "cluster_name_explicit":true,"uptime_seconds":3725,"health":"degraded",
       "listeners":[{"name":"cluster","address":"0.0.0.0:8080","up":true,"problem":null}],
       "interfaces":[{"name":"eth0","address":"10.0.0.1/24","state":"up","sent":7,"received":9,
        "echo_ms":null,"reason":null}],
       "notes":[{"code":"no_echo","text":"Own announcements do not come back."}]}\
      """;

  private static final String IDLE = "{\"run\":0,\"state\":\"idle\",\"attempts\":[]}";

  private final StandInNode node = newNode();

  private static StandInNode newNode() {
    try {
      return new StandInNode();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void statusTellsTheVerdictThenNodeListenersInterfacesAndNotes() {
    Ran ran =
        node.answers("GET /node", 200, NODE).answers("GET /machines", 200, three()).run("status");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.status()).isZero();
    assertThat(ran.out())
        .isEqualTo(
            """
            2 of 3 machines are connected. gam\\nma\\u001b[31m\\u202e has been silent for 2 min 5 s.

            Node      alpha
            Id        caelum-a@10.0.0.1:8080
            Cluster   lab
            Version   0.2.0, up 1 h 2 min
            Health    degraded
            Machines  2 alive, 1 dead

            LISTENER  ADDRESS       STATE  PROBLEM
            cluster   0.0.0.0:8080  up     -

            INTERFACE  ADDRESS      STATE  SENT  RECEIVED  ECHO  REASON
            eth0       10.0.0.1/24  up     7     9         -     -

            Notes
            - Own announcements do not come back.
            """);
  }

  private static final String IDENTITY =
      """
      {"machine_id":"caelum-a","since":"2026-01-02T03:04:05Z","key":"caelum-a@10.0.0.1:8080",
       "instance":"i1","started_at":"2026-01-03T03:04:05Z","cluster_name":"lab",
       "cluster_name_explicit":false,"advice":%s}\
      """;
  private static final String RENEWED =
      "{\"old_machine_id\":\"caelum-a\",\"machine_id\":\"caelum-z\",\"status\":\"renewed\"}";

  @Test
  void identityTellsTheIdAndWhoSharesIt() {
    Ran ran =
        node.answers("GET /identity", 200, IDENTITY.formatted("\"beta \\u001b uses it\""))
            .run("identity");
    assertThat(ran.status()).isZero();
    assertThat(ran.out())
        .isEqualTo(
            """
            Id        caelum-a
            Since     2026-01-02T03:04:05Z
            Key       caelum-a@10.0.0.1:8080
            Instance  i1, started 2026-01-03T03:04:05Z
            Cluster   lab (open)
            Shared    beta \\u001b uses it
            """);
    assertThat(node.run("identity", "reset").status()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void renewAsksFirstAndWaitsUntilTheNodeIsBack() {
    node.answers("POST /identity/renew", 202, RENEWED)
        .answers("GET /identity", 200, IDENTITY.formatted("null"));
    Ran noTerminal = node.run("identity", "renew");
    assertThat(noTerminal.status()).isEqualTo(ExitCode.USAGE);
    assertThat(noTerminal.err()).contains("renew with --yes");
    Ran no = StandInNode.run(identity("n"), "renew", "--node", node.url());
    assertThat(no.status()).isEqualTo(ExitCode.FAILED);
    assertThat(no.err()).contains("in place of caelum-a?").endsWith("Nothing was changed.\n");
    assertThat(node.requests()).doesNotContain("POST /identity/renew {}");

    String after = IDENTITY.formatted("null").replace("caelum-a\",\"since", "caelum-z\",\"since");
    node.answers("GET /identity", 200, IDENTITY.formatted("null"), after);
    Ran yes = StandInNode.run(identity("Yes "), "renew", "--node", node.url());
    assertThat(yes.out()).isEqualTo("New id caelum-z in place of caelum-a.\n");
    assertThat(yes.status()).isZero();
    Ran json = node.run("identity", "--yes", "--json", "renew");
    assertThat(json.out()).isEqualTo(RENEWED + "\n");
  }

  private static CommandLine identity(String typed) {
    return new CommandLine(new IdentityCommand(() -> true, () -> typed));
  }

  @Test
  void statusOfANodeThatIsDownFails() {
    Ran ran =
        node.answers("GET /node", 200, NODE.replace("degraded", "down"))
            .answers("GET /machines", 200, "{\"machines\":[" + SELF + "]}")
            .run("status", "--json");
    assertThat(ran.status()).isEqualTo(ExitCode.FAILED);
    assertThat(ran.out())
        .startsWith("{\"verdict\":\"This node is alone in its cluster.\",\"machines\":1,")
        .hasLineCount(1);
  }

  @Test
  void machinesAreATableWithUnknownAsDashAndHostileNamesEscaped() {
    Ran ran = node.answers("GET /machines", 200, three()).run("machines");
    assertThat(ran.status()).isZero();
    assertThat(ran.out())
        .isEqualTo(
            """
            STATE  SINCE  NAME                     ADDRESS        LINK      RTT     LOSS  CPU   MEMORY  SEEN           KIND
            alive  1 min  alpha                    10.0.0.1:8080  -         -       -     12 %  -       -              this machine
            alive  5 s    beta                     10.0.0.2:8080  outbound  0.4 ms  25 %  -     -       1 s ago        old node
            dead   -      gam\\nma\\u001b[31m\\u202e  10.0.0.3:8080  -         -       -     -     -       2 min 5 s ago  duplicate id

            gam\\nma\\u001b[31m\\u202e: Nothing listens there.
              Start Caelum there.
            """);
  }

  @Test
  void jsonIsTheAnswerItselfOnOneLineWithNothingForATerminalToObey() {
    Ran ran = node.answers("GET /machines", 200, three()).run("machines", "--json");
    assertThat(ran.out())
        .hasLineCount(1)
        .contains("gam\\nma\\u001b[31m\\u202e")
        .doesNotContain("\u202e");
  }

  @Test
  void oneMachineIsToldInFull() {
    Ran ran = node.answers("GET /machines", 200, three()).run("machines", "Beta");
    assertThat(ran)
        .isEqualTo(
            new Ran(
                0,
                """
                beta: alive, linked
                Key          caelum-b@10.0.0.2:8080
                Address      10.0.0.2:8080
                State        alive for 5 s
                Last seen    1 s ago
                Incarnation  3
                Link         outbound to 10.0.0.2:8080 for 5 s, round trip 0.4 ms
                Probes       2 of 8 lost, round trip 0.5 ms
                Doubt        refuted, 1 min 30 s ago: silent (by i9, gam\\nma)
                Version      -
                Cluster      -
                """,
                ""));
  }

  @Test
  void whyGivesReasonsAndWhatHappenedSafeForATerminal() {
    String why =
        """
        {"key":"caelum-b@10.0.0.2:8080","hostname":"beta","summary":"alive, linked",
         "reasons":["It is linked.","evil \\u001b[31m"],
         "findings":[{"time":"2026-11-22T13:00:01.250Z","age_seconds":2.5,"code":"alive",
          "text":"beta is alive again (was suspect)"}]}\
        """;
    node.answers("GET /machines", 200, three())
        .answers("GET /machines/caelum-b%4010.0.0.2%3A8080/why", 200, why);
    Ran ran = node.run("machines", "10.0.0.2", "--why");
    assertThat(ran)
        .isEqualTo(
            new Ran(
                0,
                """
                beta: alive, linked

                - It is linked.
                - evil \\u001b[31m

                What happened, newest first
                2026-11-22 13:00:01Z         3 s ago  beta is alive again (was suspect)
                """,
                ""));
    assertThat(node.run("machines", "beta", "--why", "--json").out())
        .hasLineCount(1)
        .startsWith("{\"key\":");
  }

  @Test
  void aNameThatSeveralHaveOrNobodyIsNoGuess() {
    node.answers(
        "GET /machines", 200, "{\"machines\":[" + BETA + "," + BETA.replace("-b@", "-c@") + "]}");
    assertThat(node.run("machines", "beta"))
        .isEqualTo(
            new Ran(
                2,
                "",
                """
                2 machines go by beta; name one by its key:
                  caelum-b@10.0.0.2:8080
                  caelum-c@10.0.0.2:8080
                """));
    assertThat(node.run("machines", "caelum-c@10.0.0.2:8080").status()).isZero();
    assertThat(node.run("machines", "omega"))
        .isEqualTo(
            new Ran(1, "", "The node knows no machine omega; ./caelum machines lists them.\n"));
    assertThat(node.run("machines", "betta").err())
        .isEqualTo(
            "The node knows no machine betta; did you mean beta? ./caelum machines lists them.\n");
    Ran nobody = node.run("machines", "--why");
    assertThat(nobody.status()).isEqualTo(2);
    assertThat(nobody.err()).contains("--why needs the NAME of a machine");
  }

  @Test
  void aMachineThatIsKnownThroughOthersIsNotCalledSilent() {
    String far = BETA.replace("\"connected\":true", "\"connected\":false");
    Ran ran =
        node.answers("GET /node", 200, NODE)
            .answers("GET /machines", 200, "{\"machines\":[" + SELF + "," + far + "]}")
            .run("status");
    assertThat(ran.out()).startsWith("All 2 machines are alive, 1 of them linked here.\n");
  }

  @Test
  void connectTellsTheReasonAndTheNextStep() {
    node.answers(
        "POST /cluster/connect",
        200,
        "{\"success\":true,\"message\":\"Connected to beta in 42 ms\"}",
        """
        {"success":false,"message":"Nothing listens on TCP 9000.","error":"x","code":"refused",
         "hint":"Start Caelum there.","ms":1}\
        """);
    Ran connected = node.run("connect", "beta");
    assertThat(connected).isEqualTo(new Ran(0, "Connected to beta in 42 ms\n", ""));
    Ran refused = node.run("connect", "[fe80::1%eth0]:9000");
    assertThat(refused)
        .isEqualTo(new Ran(1, "", "Nothing listens on TCP 9000. (refused)\nStart Caelum there.\n"));
    assertThat(node.requests())
        .containsExactly(
            "POST /cluster/connect {\"host\":\"beta\",\"port\":8080}",
            "POST /cluster/connect {\"host\":\"fe80::1%eth0\",\"port\":9000}");
  }

  @Test
  void aRefusalOfTheNodeIsToldWithItsCode() {
    Ran ran =
        node.answers(
                "POST /cluster/connect",
                403,
                "{\"detail\":\"Only callers on this machine may.\",\"code\":\"local_only\"}")
            .run("connect", "beta");
    assertThat(ran).isEqualTo(new Ran(1, "", "Only callers on this machine may. (local_only)\n"));
  }

  @Test
  void discoverShowsPhasesThenEveryAttemptWithItsReasonAndTheVerdict() {
    node.answers("POST /cluster/discover?wait=false", 202, run("running", "sending", "null"))
        .answers(
            "GET /cluster/discover",
            200,
            IDLE,
            IDLE,
            run("running", "listening", "null"),
            run("running", "connecting", "null"),
            run("done", "finished", "\"Done in 1.2 s: 2 answered, 1 connected.\""));
    Ran ran = node.run("discover");
    assertThat(ran.status()).isZero();
    assertThat(ran.err()).isEqualTo("Step sending\nStep listening\nStep connecting\n");
    assertThat(ran.out())
        .isEqualTo(
            """
            RESULT     NAME   ADDRESS        METHOD      TOOK
            connected  beta   10.0.0.2:8080  UDP_BEACON  42 ms
            refused    gamma  10.0.0.3:8080  UDP_BEACON  1.0 ms

            10.0.0.3:8080: Nothing listens there. Start Caelum there.
            Done in 1.2 s: 2 answered, 1 connected.
            """);
  }

  @Test
  void discoverThatFindsNobodyFailsAndIsQuietForScripts() {
    String empty =
        "{\"run\":1,\"state\":\"done\",\"answered\":0,\"attempts\":[],\"verdict\":\"None.\"}";
    Ran ran =
        node.answers("GET /cluster/discover", 200, IDLE)
            .answers("POST /cluster/discover?wait=false", 202, empty)
            .run("discover", "--json");
    assertThat(ran).isEqualTo(new Ran(1, empty + "\n", ""));
  }

  @Test
  void aBarIsDrawnOnATerminal() {
    node.answers("POST /cluster/discover?wait=false", 202, run("running", "sending", "null"))
        .answers("GET /cluster/discover", 200, IDLE, run("done", "finished", "\"Done.\""));
    CommandLine command = new CommandLine(new DiscoverCommand(() -> true));
    Ran ran = StandInNode.run(command, "--node", node.url());
    assertThat(ran.err())
        .isEqualTo("\r\u001b[K[#########-----------]  48 % Step sending\r\u001b[K");
  }

  @Test
  void noNodeThereIsToldWithWhatWasTriedAndWhatToDo() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Ran ran = StandInNode.caelum("status", "--node", "127.0.0.1:" + port);
    assertThat(ran)
        .isEqualTo(
            new Ran(
                4,
                "",
                "No Caelum node answers at http://127.0.0.1:"
                    + port
                    + " (connection refused). Start one with ./caelum beacon, "
                    + "or name another with --node\n"));
  }

  @Test
  void anotherServerIsNotTakenForANode() {
    Ran ran = node.run("machines");
    assertThat(ran.status()).isEqualTo(ExitCode.NOT_REACHABLE);
    assertThat(ran.err()).contains("answers, but not as a Caelum node (HTTP 404)");
  }

  private static String three() {
    return "{\"machines\":[" + SELF + "," + BETA + "],\"other_machines\":[" + GAMMA + "]}";
  }

  private static String run(String state, String phase, String verdict) {
    return """
    {"run":1,"state":"%s","phase":"%s","percent":48,"phase_line":"Step %s","answered":2,
     "attempts":[
      {"endpoint":"10.0.0.2:8080","hostname":"beta","method":"UDP_BEACON","connected":true,
       "ms":42,"text":"Connected to beta in 42 ms"},
      {"endpoint":"10.0.0.3:8080","hostname":"gamma","method":"UDP_BEACON","connected":false,
       "ms":1,"code":"refused","text":"Nothing listens there.","hint":"Start Caelum there."}],
     "verdict":%s}\
    """
        .formatted(state, phase, phase, verdict);
  }
}

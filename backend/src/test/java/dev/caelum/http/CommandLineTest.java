package dev.caelum.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cli.Caelum;
import dev.caelum.cluster.FailureCode;
import dev.caelum.cluster.MemberState;
import dev.caelum.feed.DiscoveryRun;
import dev.caelum.feed.FeedEvent;
import dev.caelum.feed.LogLine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The client commands against the real API. */
class CommandLineTest {
  private final TestNode node = new TestNode();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void statusAndMachinesReadWhatTheNodeSays() {
    node.members =
        List.of(
            Members.selfNamed("alpha"),
            Members.machine("caelum-beta", "192.168.7.2").build(),
            Members.machine("caelum-gamma", "192.168.7.3").state(MemberState.DEAD).build());
    assertThat(run("status")).isZero();
    assertThat(out.toString())
        .startsWith("2 of 3 machines are connected. gamma has been silent for ")
        .contains("Machines  2 alive, 1 dead", "Cluster   caelum-alpha-1 (open)")
        .containsPattern("cluster +0\\.0\\.0\\.0:8080 +up")
        .containsPattern("eth0 +192\\.168\\.7\\.1/24 +up +9 +12 +1\\.5 ms");
    assertThat(run("machines")).isZero();
    assertThat(out.toString())
        .containsPattern("alive +\\d+ s +alpha +192\\.168\\.7\\.1:8080 .*this machine\n")
        .containsPattern("alive +\\d+ s +beta +192\\.168\\.7\\.2:8080 +(out|in)bound ")
        .containsPattern("dead +\\d+ s +gamma ");
  }

  @Test
  void discoverShowsEveryContactOfTheRunThatItStarted() {
    DiscoveryRun done =
        new DiscoveryRun(
            1,
            DiscoveryRun.State.DONE,
            Instant.EPOCH,
            1_200,
            DiscoveryRun.Phase.FINISHED,
            100,
            "Done",
            1,
            1,
            3,
            5,
            3,
            0,
            1,
            1,
            0,
            1,
            1,
            List.of(
                new DiscoveryRun.Attempt(
                    "192.168.7.3:8080",
                    "gamma",
                    null,
                    "UDP_BEACON",
                    false,
                    false,
                    1L,
                    "refused",
                    "Nothing listens there.",
                    "Start Caelum there.")),
            "1 answered, 0 connected.",
            null);
    node.onDiscover = () -> node.discovery = done;
    assertThat(run("discover")).isZero();
    assertThat(node.asked).containsExactly("discover");
    assertThat(out.toString())
        .containsPattern("refused +gamma +192\\.168\\.7\\.3:8080 +UDP_BEACON +1\\.0 ms")
        .endsWith(
            """
            192.168.7.3:8080: Nothing listens there. Start Caelum there.
            1 answered, 0 connected.
            """);
  }

  @Test
  void connectTellsHowItEnded() {
    assertThat(run("connect", "192.168.7.2")).isZero();
    assertThat(out.toString()).isEqualTo("Connected to beta.\n");
    node.connectResult = TestNode.failed(FailureCode.TIMEOUT);
    assertThat(run("connect", "192.168.7.2:9000")).isEqualTo(1);
    assertThat(err.toString()).isEqualTo("It did not work. (timeout)\nTry this.\n");
    assertThat(node.asked).containsExactly("connect 192.168.7.2:8080", "connect 192.168.7.2:9000");
  }

  @Test
  void aMachineIsGivenANameTestedAndForgotten() {
    node.members =
        List.of(
            Members.selfNamed("alpha"),
            Members.machine("caelum-beta", "192.168.7.2").state(MemberState.DEAD).build());
    assertThat(run("machines", "beta", "--rename", "Lab", "--tag", "gpu, x", "--ignore")).isZero();
    assertThat(node.operator.notes.values())
        .containsExactly(new MachineNote("Lab", "", List.of("gpu", "x"), true));
    assertThat(run("machines", "lab", "--tag", "", "--no-ignore")).isZero();
    assertThat(node.operator.notes.values())
        .containsExactly(new MachineNote("Lab", "", List.of(), false));
    node.operator.checks =
        List.of(new OperatorPort.Check("connect", false, null, null, "No.", "H"));
    assertThat(run("machines", "Lab", "--test")).isEqualTo(1);
    assertThat(out.toString()).contains("  bad  No.\n       H\n");
    assertThat(run("machines", "beta", "--forget")).isZero();
    assertThat(node.asked).last().asString().startsWith("forget caelum-beta@");
    assertThat(run("machines", "--forget")).isEqualTo(2);
    assertThat(run("machines", "beta", "--forget", "--test")).isEqualTo(2);
  }

  @Test
  void eventsAreTheLinesOfTheLog() {
    for (String text : List.of("first", "second")) {
      node.feed.publish(
          new FeedEvent.LogAdded(
              new LogLine(
                  Instant.EPOCH,
                  LogLine.Level.WARNING,
                  LogLine.Category.CONNECTION,
                  text,
                  null,
                  null,
                  null)));
    }
    assertThat(run("events", "--lines", "1")).isZero();
    assertThat(out.toString()).containsPattern("^\\S+ \\S+  warning  connection  second\n$");
  }

  private int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    String[] all = new String[args.length + 2];
    System.arraycopy(args, 0, all, 0, args.length);
    all[args.length] = "--node";
    all[args.length + 1] = node.base();
    CommandLine command = Caelum.commandLine(_ -> 0, all);
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(all);
  }
}

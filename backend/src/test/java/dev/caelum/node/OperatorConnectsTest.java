package dev.caelum.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.ClusterEvent;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Failure;
import dev.caelum.cluster.FailureCode;
import dev.caelum.cluster.Input;
import dev.caelum.http.NodePort.ConnectResult;
import java.net.InetAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OperatorConnectsTest {
  private static final Endpoint GAMMA = new Endpoint("10.0.0.3", 8080);
  private static final Endpoint DELTA = new Endpoint("10.0.0.4", 8080);

  private final BlockingQueue<Input> inputs = new LinkedBlockingQueue<>();
  private final OperatorConnects connects =
      new OperatorConnects(
          () -> Rows.table(Rows.linked("delta", DELTA)),
          InetAddress::isLoopbackAddress,
          () -> 8080,
          inputs::add);

  @Test
  void theLinkAnswersWithItsTime() throws Exception {
    CompletableFuture<ConnectResult> result = connects.connect("10.0.0.3", 8080);
    assertThat(contact()).isEqualTo(GAMMA);
    connects.saw(new ClusterEvent.Connected(Rows.linked("gamma", GAMMA), GAMMA, "OPERATOR", 12));

    ConnectResult end = end(result);
    assertThat(end.connected()).isTrue();
    assertThat(end.text()).isEqualTo("Connected to gamma in 12 ms");
  }

  @Test
  void twoPressesShareOneAttempt() throws Exception {
    CompletableFuture<ConnectResult> first = connects.connect("10.0.0.3", 8080);
    CompletableFuture<ConnectResult> second = connects.connect("10.0.0.3", 8080);
    contact();
    contact();
    fail(FailureCode.REFUSED);

    assertThat(end(first)).isEqualTo(end(second));
    assertThat(end(first).code()).isEqualTo(FailureCode.REFUSED);
    assertThat(end(first).text()).isEqualTo("10.0.0.3:8080 is up but nothing listens on TCP 8080.");
  }

  @Test
  void anotherLinkToTheSameMachineIsNoFailure() throws Exception {
    CompletableFuture<ConnectResult> result = connects.connect("10.0.0.3", 8080);
    contact();
    Failure failure = new Failure(FailureCode.ALREADY, GAMMA, "", 2, 1, 0, null);
    connects.saw(new ClusterEvent.DialFailed(failure, Rows.linked("gamma", DELTA), "OPERATOR"));

    assertThat(end(result).connected()).isTrue();
    assertThat(end(result).code()).isEqualTo(FailureCode.ALREADY);
  }

  @Test
  void whatNeedsNoDialIsAnsweredAtOnce() throws Exception {
    assertThat(end(connects.connect("127.0.0.1", 8080)).code()).isEqualTo(FailureCode.SELF);
    assertThat(end(connects.connect("10.0.0.4", 8080)).code()).isEqualTo(FailureCode.ALREADY);
    assertThat(end(connects.connect("[::zz]", 8080)).code()).isEqualTo(FailureCode.NAME);
    assertThat(inputs).isEmpty();
  }

  @Test
  void anotherNodeOnThisMachineIsDialled() throws Exception {
    var _ = connects.connect("127.0.0.1", 8090);

    assertThat(contact()).isEqualTo(new Endpoint("127.0.0.1", 8090));
  }

  private void fail(FailureCode code) {
    Failure failure = new Failure(code, GAMMA, "", 2, 1, 0, null);
    connects.saw(new ClusterEvent.DialFailed(failure, null, "OPERATOR"));
  }

  private Endpoint contact() throws InterruptedException {
    Input.Contact contact = (Input.Contact) inputs.poll(10, TimeUnit.SECONDS);
    assertThat(contact.origin()).isEqualTo(Input.Origin.OPERATOR);
    return contact.target();
  }

  private static ConnectResult end(CompletableFuture<ConnectResult> result) throws Exception {
    return result.get(10, TimeUnit.SECONDS);
  }
}

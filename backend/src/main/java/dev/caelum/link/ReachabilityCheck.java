package dev.caelum.link;

import dev.caelum.cluster.Endpoint;
import dev.caelum.link.Reach.Answer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Asks by a bare TCP connect whether a process still listens; sends no byte. */
public final class ReachabilityCheck {
  /** Never blocks; the answer comes after {@code timeout} at the latest, and never as a failure. */
  public CompletableFuture<Reach> check(Endpoint target, Duration timeout) {
    CompletableFuture<Reach> reach = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("reach " + target)
        .start(() -> {
          long start = System.nanoTime();
          Answer answer = connect(target, timeout);
          reach.complete(new Reach(answer, (System.nanoTime() - start) / 1_000_000));
        });
    return reach;
  }

  private static Answer connect(Endpoint target, Duration timeout) {
    try (Socket socket = new Socket()) {
      InetAddress address = InetAddress.ofLiteral(target.host());
      socket.connect(
          new InetSocketAddress(address, target.port()), Math.max(1, (int) timeout.toMillis()));
      return Answer.LISTENING;
    } catch (SocketTimeoutException e) {
      return Answer.SILENT;
    } catch (ConnectException e) {
      return DialFailures.isRefusal(e) ? Answer.REFUSED : Answer.UNREACHABLE;
    } catch (IOException | IllegalArgumentException e) {
      return Answer.UNREACHABLE;
    }
  }
}

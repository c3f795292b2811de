package dev.caelum.link;

import dev.caelum.cluster.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A port on loopback that takes one connection and hands it to a script of the test. */
final class RawServer implements AutoCloseable {
  private final ServerSocket socket;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  private RawServer(ServerSocket socket) {
    this.socket = socket;
  }

  interface Script {
    void play(RawPeer peer) throws Exception;
  }

  /** Starts listening; the script runs once a connection came. */
  static RawServer playing(Script script) throws IOException {
    RawServer server = new RawServer(new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1")));
    Thread.ofVirtual().start(() -> server.play(script));
    return server;
  }

  /** The same with a WebSocket handshake done before the script runs. */
  static RawServer upgraded(Script script) throws IOException {
    return playing(peer -> {
      peer.acceptUpgrade();
      script.play(peer);
    });
  }

  Endpoint endpoint() {
    return new Endpoint("127.0.0.1", socket.getLocalPort());
  }

  /** Waits for the script's end and fails if it failed. */
  void join() throws Exception {
    done.get(Recorder.PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void play(Script script) {
    try (RawPeer peer = RawPeer.accepted(socket.accept())) {
      script.play(peer);
      done.complete(null);
    } catch (Exception e) {
      done.completeExceptionally(e);
    }
  }
}

package dev.caelum.link;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A link that this node dialled, over the JDK's WebSocket: its listener, and its sending half. The
 * JDK answers pings by itself, decodes UTF-8 strictly and joins characters that were split.
 */
final class OutboundConnection implements WebSocket.Listener {
  private final Links links;
  private final InetSocketAddress remote;
  private final CompletableFuture<PeerLink> opened = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();
  private int textBytes;
  private int fragments;

  OutboundConnection(Links links, InetSocketAddress remote) {
    this.links = links;
    this.remote = remote;
  }

  /** Completes once {@link LinkHandler#opened} was called. */
  CompletableFuture<PeerLink> opened() {
    return opened;
  }

  @Override
  public void onOpen(WebSocket socket) {
    PeerLink link = new PeerLink(links, true, remote, new SocketSink(socket));
    link.open();
    opened.complete(link);
    socket.request(1);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    PeerLink link = opened.join();
    link.heard();
    String part = data.toString();
    textBytes += Utf8.length(part);
    fragments++;
    if (textBytes > links.limits().messageBytes() || fragments > links.limits().fragments()) {
      text.setLength(0);
      link.violated(LinkEnd.TOO_BIG, "message too big");
      return null;
    }
    text.append(part);
    if (last) {
      String whole = text.toString();
      text.setLength(0);
      text.trimToSize();
      textBytes = 0;
      fragments = 0;
      link.received(whole);
    }
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    opened.join().violated(LinkEnd.NOT_TEXT, "text only");
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
    opened.join().heard();
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
    PeerLink link = opened.join();
    link.heard();
    link.receivedPong(message);
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    PeerLink link = opened.join();
    if (code == LinkEnd.LOST) {
      link.lost("the peer hung up without a close");
    } else {
      link.peerClosed(code, reason);
    }
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    opened.join().lost(error instanceof IOException ? "connection broken" : "protocol error");
  }

  /** The sending half. Each call waits for the JDK, which refuses overlapping sends. */
  private record SocketSink(WebSocket socket) implements FrameSink {
    @Override
    public void text(String text) throws IOException {
      await(socket.sendText(text, true));
    }

    @Override
    public void ping(ByteBuffer payload) throws IOException {
      await(socket.sendPing(payload));
    }

    @Override
    public void pong(ByteBuffer payload) throws IOException {
      await(socket.sendPong(payload));
    }

    @Override
    public void close(int code, String reason) throws IOException {
      await(socket.sendClose(CloseCodes.fromClient(code), reason));
    }

    @Override
    public void abort() {
      socket.abort();
    }

    private static void await(CompletableFuture<WebSocket> sent) throws IOException {
      try {
        sent.get();
      } catch (ExecutionException e) {
        throw new IOException("write failed", e.getCause());
      } catch (InterruptedException e) {
        throw new IOException("interrupted", e);
      }
    }
  }
}

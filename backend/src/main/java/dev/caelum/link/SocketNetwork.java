package dev.caelum.link;

import io.helidon.common.buffers.DataReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A plain socket below a link that this node dialled. Holds half a KiB while nothing arrives. */
final class SocketNetwork implements FrameSink.Network, Supplier<byte @Nullable []> {
  private static final Logger LOG = Logger.getLogger(SocketNetwork.class.getName());
  private static final int SMALLEST = 512;
  private static final int LARGEST = 8_192;

  private final Socket socket;
  private int room = SMALLEST;

  SocketNetwork(Socket socket) {
    this.socket = socket;
  }

  /** Reads what arrives on the connected socket. */
  DataReader reader() {
    return DataReader.create(this);
  }

  /**
   * Waits for the next bytes; null at the end of the stream. The room for them doubles while they
   * fill it.
   */
  @Override
  public byte @Nullable [] get() {
    try {
      byte[] bytes = new byte[room];
      int count = socket.getInputStream().read(bytes);
      boolean full = count == room;
      room = full ? Math.min(LARGEST, 2 * room) : SMALLEST;
      return count < 0 ? null : full ? bytes : Arrays.copyOf(bytes, count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void write(byte[] bytes, int length) throws IOException {
    socket.getOutputStream().write(bytes, 0, length);
  }

  /** Closing a socket frees whoever reads from it or writes to it. */
  @Override
  public void abort() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.log(Level.FINE, e, () -> "closing a socket failed");
    }
  }
}

package dev.caelum.link;

import static dev.caelum.fuzz.Invariant.bounded;
import static dev.caelum.fuzz.Invariant.require;
import static dev.caelum.fuzz.Invariant.same;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.caelum.cluster.Endpoint;
import dev.caelum.link.ClientHandshake.Refusal;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import java.util.Optional;

/** Any bytes as the answer to an opening handshake. */
public final class HandshakeFuzz {
  /** Key and answer of RFC 6455, 1.3. */
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
  private static final Endpoint TARGET = new Endpoint("192.0.2.7", 8080);

  private HandshakeFuzz() {}

  /** How it ended; empty when the connection ended first. */
  private record Outcome(Optional<Optional<Refusal>> answer, int unread) {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] answer) {
    Outcome whole = outcome(answer, Math.max(1, answer.length));
    same(whole, outcome(answer, 1));
    if (whole.answer().isEmpty()) {
      return;
    }
    int read = answer.length - whole.unread();
    require(read <= ClientHandshake.MAX_HEAD, "a head of " + read + " bytes");
    Optional<Refusal> refusal = whole.answer().get();
    if (refusal.isPresent()) {
      bounded(refusal.get());
      require(!refusal.get().evidence().isEmpty(), "a refusal without evidence");
    } else {
      String head = new String(answer, 0, read, ISO_8859_1);
      require(
          head.startsWith("HTTP/1.1 101") && head.contains(ACCEPT) && head.endsWith("\n"),
          "taken for an upgrade: " + head);
    }
  }

  private static Outcome outcome(byte[] answer, int packet) {
    DataReader in = Packets.reader(answer, packet);
    Optional<Optional<Refusal>> outcome;
    try {
      outcome = Optional.of(new ClientHandshake(TARGET, KEY).answer(in));
    } catch (InsufficientDataAvailableException ended) {
      outcome = Optional.empty();
    }
    return new Outcome(outcome, unread(in));
  }

  private static int unread(DataReader in) {
    int count = 0;
    try {
      while (true) {
        in.ensureAvailable();
        count += in.available();
        in.skip(in.available());
      }
    } catch (InsufficientDataAvailableException ended) {
      return count;
    }
  }
}

package dev.caelum.link;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.FailureCode;
import dev.caelum.link.ClientHandshake.Refusal;
import io.helidon.common.buffers.DataReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHandshakeTest {
  /** Key and answer of RFC 6455, 1.3. */
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  private static final String ACCEPT = "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n";
  private static final String STATUS = "HTTP/1.1 101 Switching Protocols\r\n";
  private static final String UPGRADE = "Upgrade: websocket\r\nConnection: Upgrade\r\n";

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7:8080",
    "2001:db8::7, [2001:db8::7]:8080",
    "fe80::7%eth0, [fe80::7]:8080"
  })
  void theHostHasNoZone(String host, String named) throws IOException {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    new ClientHandshake(new Endpoint(host, 8080), KEY).ask(sent);

    assertThat(sent.toString(ISO_8859_1))
        .isEqualTo(
            "GET / HTTP/1.1\r\nHost: "
                + named
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: "
                + KEY
                + "\r\nSec-WebSocket-Version: 13\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        STATUS + UPGRADE + ACCEPT,
        "HTTP/1.1 101\r\n" + UPGRADE + ACCEPT,
        STATUS
            + "SEC-WEBSOCKET-ACCEPT:s3pPLMBiTxaQ9kYGzzhZRbK+xOo= \r\nconnection: keep-alive,"
            + " upgrade\r\nUPGRADE: WebSocket\r\nServer: Python/3.11 websockets/10.4\r\n"
      })
  void anUpgradeIsTakenAndNothingReadBeyondIt(String answer) {
    DataReader in = reader(answer + "\r\nframe");

    assertThat(answer(in)).isEmpty();
    assertThat(in.readAsciiString(5)).isEqualTo("frame");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        STATUS + UPGRADE,
        STATUS + UPGRADE + "Sec-WebSocket-Accept: s3pplmbitxaq9kygzzhzrbk+xoo=\r\n",
        STATUS + UPGRADE + ACCEPT + ACCEPT,
        STATUS + "Connection: Upgrade\r\n" + ACCEPT,
        STATUS + "Upgrade: h2c\r\nConnection: Upgrade\r\n" + ACCEPT,
        STATUS + "Upgrade: websocket\r\n" + ACCEPT,
        STATUS + "Upgrade: websocket\r\nConnection: close\r\n" + ACCEPT,
        STATUS + UPGRADE + ACCEPT + "Sec-WebSocket-Extensions: permessage-deflate\r\n",
        STATUS + UPGRADE + ACCEPT + "Sec-WebSocket-Protocol: chat\r\n",
        "HTTP/1.0 101 Switching Protocols\r\n" + UPGRADE + ACCEPT
      })
  void anUpgradeWithAFlawIsNone(String answer) {
    assertThat(answer(reader(answer + "\r\n")))
        .contains(new Refusal(FailureCode.NOT_CAELUM, "malformed WebSocket handshake"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"no header\r\n\r\n", ": no name\r\n\r\n", "A: b\r\n folded: c\r\n\r\n"})
  void aHeadThatIsNoneIsTold(String rest) {
    assertThat(answer(reader(STATUS + rest)))
        .contains(new Refusal(FailureCode.NOT_CAELUM, "malformed answer"));
  }

  @Test
  void aServersNameIsCleanedAndCut() {
    assertThat(
            answer(
                reader("HTTP/1.0 404 Nope\r\nServer: a\u001b[31mb" + "c".repeat(90) + "\r\n\r\n")))
        .contains(new Refusal(FailureCode.NOT_CAELUM, "HTTP 404 from a [31mb" + "c".repeat(33)));
  }

  private static Optional<Refusal> answer(DataReader in) {
    return new ClientHandshake(new Endpoint("192.0.2.7", 8080), KEY).answer(in);
  }

  private static DataReader reader(String bytes) {
    Iterator<byte[]> once = List.of(bytes.getBytes(ISO_8859_1)).iterator();
    return DataReader.create(() -> once.hasNext() ? once.next() : null);
  }
}

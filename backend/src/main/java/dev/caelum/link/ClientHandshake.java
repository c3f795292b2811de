package dev.caelum.link;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.FailureCode;
import io.helidon.common.buffers.DataReader;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The opening handshake as the dialling side does it: RFC 6455, 4.1, without any extension. */
final class ClientHandshake {
  /** Longest head of an answer, in bytes. */
  static final int MAX_HEAD = 16 << 10;

  private static final String RFC_6455 = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.([01]) ([1-9][0-9]{2})( .*)?");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Endpoint target;
  private final String key;
  private int read;

  ClientHandshake(Endpoint target) {
    this(target, newKey());
  }

  ClientHandshake(Endpoint target, String key) {
    this.target = target;
    this.key = key;
  }

  /**
   * Why the peer is no end of a link.
   *
   * @param evidence what it answered, free of control characters
   */
  record Refusal(FailureCode code, String evidence) {}

  /** Sends the request in one write. */
  void ask(OutputStream out) throws IOException {
    String request =
        """
        GET / HTTP/1.1\r
        Host: %s\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Key: %s\r
        Sec-WebSocket-Version: 13\r
        \r
        """
            .formatted(host(), key);
    out.write(request.getBytes(ISO_8859_1));
  }

  /**
   * Reads the head of the answer and no byte more; empty when the link stands. Throws what {@code
   * in} throws when the connection ends before that.
   */
  Optional<Refusal> answer(DataReader in) {
    String first = line(in);
    Matcher status = STATUS.matcher(first);
    if (!status.matches()) {
      return refusal(Evidence.clean("not HTTP: \"" + first + "\"", 80));
    }
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (read > MAX_HEAD || colon < 1 || Character.isWhitespace(line.charAt(0))) {
        return refusal("malformed answer");
      }
      headers.merge(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip(),
          (one, more) -> one + "," + more);
    }
    return status.group(2).equals("101")
        ? upgraded(status.group(1), headers)
        : Optional.of(refused(Integer.parseInt(status.group(2)), headers));
  }

  private Optional<Refusal> upgraded(String minor, Map<String, String> headers) {
    boolean stands =
        minor.equals("1")
            && headers.getOrDefault("upgrade", "").equalsIgnoreCase("websocket")
            && Arrays.stream(headers.getOrDefault("connection", "").split(",", -1))
                .anyMatch(token -> token.strip().equalsIgnoreCase("upgrade"))
            && headers.getOrDefault("sec-websocket-accept", "").equals(accept(key))
            // None was offered, so none may be chosen.
            && !headers.containsKey("sec-websocket-extensions")
            && !headers.containsKey("sec-websocket-protocol");
    return stands ? Optional.empty() : refusal("malformed WebSocket handshake");
  }

  private static Refusal refused(int status, Map<String, String> headers) {
    String server = Evidence.clean(headers.getOrDefault("server", ""), 40);
    String evidence = "HTTP " + status + (server.isEmpty() ? "" : " from " + server);
    return switch (status) {
      case 401, 403 -> new Refusal(FailureCode.AUTH, evidence);
      case 429, 503 -> new Refusal(FailureCode.TIMEOUT, "busy: " + evidence);
      default -> new Refusal(FailureCode.NOT_CAELUM, evidence);
    };
  }

  private static Optional<Refusal> refusal(String evidence) {
    return Optional.of(new Refusal(FailureCode.NOT_CAELUM, evidence));
  }

  /** The next line without its end, or its beginning when the head grows beyond its bound. */
  private String line(DataReader in) {
    StringBuilder line = new StringBuilder();
    while (read++ < MAX_HEAD) {
      char c = (char) Byte.toUnsignedInt(in.read());
      if (c == '\n') {
        int last = line.length() - 1;
        if (last >= 0 && line.charAt(last) == '\r') {
          line.setLength(last);
        }
        break;
      }
      line.append(c);
    }
    return line.toString();
  }

  /** A Host header must not carry the zone of a link-local address. */
  private String host() {
    int zone = target.host().indexOf('%');
    return zone < 0
        ? target.toString()
        : new Endpoint(target.host().substring(0, zone), target.port()).toString();
  }

  private static String newKey() {
    byte[] nonce = new byte[16];
    RANDOM.nextBytes(nonce);
    return Base64.getEncoder().encodeToString(nonce);
  }

  private static String accept(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1").digest((key + RFC_6455).getBytes(ISO_8859_1));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}

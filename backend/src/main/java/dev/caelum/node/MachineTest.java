package dev.caelum.node;

import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.FailureCode;
import dev.caelum.cluster.Member;
import dev.caelum.feed.DisplayText;
import dev.caelum.feed.FailureText;
import dev.caelum.feed.FailureText.Subject;
import dev.caelum.http.OperatorPort.Check;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tries the way to a machine: whether its port takes connections, how fast, whether a node answers
 * there, and what link and probes show. Bounded: three connects and one answer of at most 1.5 s.
 */
final class MachineTest {
  private static final int TRIES = 3;
  private static final int PATIENCE_MILLIS = 1_500;
  private static final int FIRST_BYTES = 12;

  /** All that is known of {@code member}'s way now. */
  List<Check> of(Member member) {
    List<Check> checks = new ArrayList<>();
    Check connect = connect(member);
    checks.add(connect);
    if (connect.ok()) {
      checks.add(answer(member));
    }
    checks.add(link(member));
    Member.Probes probes = member.probes();
    if (probes != null && probes.asked() > 0) {
      checks.add(probes(probes));
    }
    return checks;
  }

  private static Check connect(Member member) {
    double best = Double.MAX_VALUE;
    double worst = 0;
    for (int tries = 0; tries < TRIES; tries++) {
      long start = System.nanoTime();
      try (Socket _ = open(member.endpoint())) {
        double ms = millis(start);
        best = Math.min(best, ms);
        worst = Math.max(worst, ms);
      } catch (IOException | IllegalArgumentException e) {
        return failed("connect", member, e, start);
      }
    }
    return new Check(
        "connect",
        true,
        null,
        best,
        "TCP connects to "
            + member.endpoint()
            + ": "
            + TRIES
            + " of "
            + TRIES
            + " in "
            + shown(best)
            + " to "
            + shown(worst)
            + ".",
        null);
  }

  private static Socket open(Endpoint endpoint) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(
          new InetSocketAddress(InetAddress.getByName(endpoint.host()), endpoint.port()),
          PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static Check answer(Member member) {
    long start = System.nanoTime();
    try (Socket socket = open(member.endpoint())) {
      String request =
          "GET /health HTTP/1.1\r\nHost: " + member.endpoint() + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String first =
          new String(socket.getInputStream().readNBytes(FIRST_BYTES), StandardCharsets.ISO_8859_1);
      if (first.startsWith("HTTP/1.")) {
        double ms = millis(start);
        return new Check(
            "answer",
            true,
            null,
            ms,
            "It answers there (" + DisplayText.line(first) + ") in " + shown(ms) + ".",
            null);
      }
      return failed("answer", member, FailureCode.NOT_CAELUM, "no HTTP", start);
    } catch (IOException | IllegalArgumentException e) {
      return failed("answer", member, e, start);
    }
  }

  private static Check link(Member member) {
    Member.Link link = member.link();
    if (link == null) {
      return new Check(
          "link",
          member.foreign(),
          null,
          null,
          "It is not linked with this node.",
          member.foreign() ? null : "Connect it to link it.");
    }
    Long micros = link.rttMicros();
    Double ms = micros == null ? null : (Double) (micros / 1e3);
    return new Check(
        "link",
        true,
        null,
        ms,
        "It is linked over "
            + DisplayText.line(link.remote())
            + (ms == null ? "." : "; a round trip takes " + shown(ms) + "."),
        null);
  }

  private static Check probes(Member.Probes probes) {
    Long micros = probes.rttMicros();
    boolean ok = !probes.udpBlocked();
    return new Check(
        "probes",
        ok,
        null,
        micros == null ? null : (Double) (micros / 1e3),
        "Of the last "
            + probes.asked()
            + " probes over UDP, "
            + (probes.asked() - probes.lost())
            + " were answered.",
        ok ? null : "UDP is blocked, TCP works: look at the firewalls of both for UDP 8181.");
  }

  private static Check failed(String check, Member member, Exception e, long start) {
    FailureCode code =
        switch (e) {
          case SocketTimeoutException _ -> FailureCode.TIMEOUT;
          case ConnectException refused
              when String.valueOf(refused.getMessage()).contains("refused") ->
              FailureCode.REFUSED;
          case ConnectException slow when String.valueOf(slow.getMessage()).contains("timed out") ->
              FailureCode.TIMEOUT;
          default -> FailureCode.UNREACHABLE;
        };
    return failed(check, member, code, String.valueOf(e.getMessage()), start);
  }

  private static Check failed(
      String check, Member member, FailureCode code, @Nullable String evidence, long start) {
    double ms = millis(start);
    FailureText words =
        FailureText.of(
            code,
            new Subject(
                member.hostname(),
                member.endpoint().host(),
                member.endpoint().port(),
                member.state().online(),
                evidence == null ? "" : evidence,
                (long) ms));
    return new Check(check, false, code, ms, words.text(), words.hint());
  }

  private static double millis(long start) {
    return Math.round((System.nanoTime() - start) / 1e3) / 1e3;
  }

  private static String shown(double ms) {
    return String.format(Locale.ROOT, ms < 10 ? "%.1f ms" : "%.0f ms", ms);
  }
}

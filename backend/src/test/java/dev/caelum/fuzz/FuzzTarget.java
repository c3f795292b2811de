package dev.caelum.fuzz;

import dev.caelum.cli.ServerEventFuzz;
import dev.caelum.feed.EventIdFuzz;
import dev.caelum.http.BodyFuzz;
import dev.caelum.link.HandshakeFuzz;
import dev.caelum.link.WebSocketFuzz;
import dev.caelum.mcp.ClientFileFuzz;
import dev.caelum.wire.BeaconFuzz;
import dev.caelum.wire.EnvelopeFuzz;
import dev.caelum.wire.FrameFuzz;
import dev.caelum.wire.MachineInfoFuzz;
import dev.caelum.wire.ProbeFuzz;
import dev.caelum.wire.RegistrationFuzz;
import java.util.Locale;
import java.util.function.Consumer;

/** Every parser that reads the network, or a file that another program writes. */
enum FuzzTarget {
  BEACON(BeaconFuzz.class, BeaconFuzz::fuzzerTestOneInput),
  PROBE(ProbeFuzz.class, ProbeFuzz::fuzzerTestOneInput),
  FRAME(FrameFuzz.class, FrameFuzz::fuzzerTestOneInput),
  ENVELOPE(EnvelopeFuzz.class, EnvelopeFuzz::fuzzerTestOneInput),
  REGISTRATION(RegistrationFuzz.class, RegistrationFuzz::fuzzerTestOneInput),
  MACHINE_INFO(MachineInfoFuzz.class, MachineInfoFuzz::fuzzerTestOneInput),
  WEBSOCKET(WebSocketFuzz.class, WebSocketFuzz::fuzzerTestOneInput),
  HANDSHAKE(HandshakeFuzz.class, HandshakeFuzz::fuzzerTestOneInput),
  BODY(BodyFuzz.class, BodyFuzz::fuzzerTestOneInput),
  EVENT_ID(EventIdFuzz.class, EventIdFuzz::fuzzerTestOneInput),
  SERVER_EVENT(ServerEventFuzz.class, ServerEventFuzz::fuzzerTestOneInput),
  CLIENT_FILE(ClientFileFuzz.class, ClientFileFuzz::fuzzerTestOneInput);

  private final Class<?> type;

  @SuppressWarnings("ImmutableEnumChecker") // A method reference is.
  private final Consumer<byte[]> target;

  FuzzTarget(Class<?> type, Consumer<byte[]> target) {
    this.type = type;
    this.target = target;
  }

  /** The class that a fuzzer calls. */
  Class<?> type() {
    return type;
  }

  /** Fails when {@code input} breaks an invariant. */
  void run(byte[] input) {
    target.accept(input);
  }

  /** Of its inputs. */
  String fileName() {
    return name().toLowerCase(Locale.ROOT) + ".txt";
  }
}

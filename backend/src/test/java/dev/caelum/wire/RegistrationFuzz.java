package dev.caelum.wire;

import static dev.caelum.fuzz.Invariant.accepted;
import static dev.caelum.fuzz.Invariant.same;
import static dev.caelum.fuzz.Invariant.value;

import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Registration;
import dev.caelum.cluster.Self;
import dev.caelum.cluster.Settings;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Any object as a registration, and as a list of the machines that an old node discovered. */
public final class RegistrationFuzz {
  private RegistrationFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] utf8) {
    Map<String, @Nullable Object> payload =
        accepted(JsonText.read(ByteBuffer.wrap(utf8), JsonText.Bounds.LINK));
    if (payload == null) {
      return;
    }
    RegistrationCodec.discovered(payload).forEach(MachineInfoFuzz::check);
    Registration registration = accepted(RegistrationCodec.decode(payload));
    if (registration != null) {
      roundTrip(registration);
    }
  }

  /** As far as a node of ours could have said it. */
  private static void roundTrip(Registration heard) {
    if (heard.instance() == null || heard.port() == null || heard.probe() == null) {
      return;
    }
    Self self =
        new Self(
            heard.id(),
            heard.instance(),
            heard.cluster(),
            new Endpoint("192.0.2.7", heard.port()),
            heard.probe(),
            heard.info());
    String text = JsonText.write(RegistrationCodec.encode(self, heard.incarnation()));
    same(
        new Registration(
            heard.id(),
            heard.instance(),
            heard.incarnation(),
            heard.cluster(),
            heard.port(),
            Settings.PROTOCOL_MINIMUM,
            Settings.PROTOCOL_MAXIMUM,
            heard.probe(),
            heard.info()),
        value(JsonText.read(text, JsonText.Bounds.LINK).then(RegistrationCodec::decode)));
  }
}

package dev.caelum.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.ProbeAddress;
import dev.caelum.cluster.ProbeMessage;
import dev.caelum.cluster.Rumor;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams of the failure detector: JSON objects whose first key says what they are. They share
 * the port with beacons and have none of the keys by which any node knows one.
 */
public final class ProbeCodec {
  private static final String PROBE = "probe";
  private static final String RELAY = "relay";
  private static final String ACK = "ack";
  private static final String NACK = "nack";
  private static final List<byte[]> BEGINNINGS =
      List.of(beginning(PROBE), beginning(ACK), beginning(RELAY), beginning(NACK));
  private static final int INSTANCE = 32;
  private static final long LARGEST = ProbeAddress.COOKIE_LIMIT - 1;

  private ProbeCodec() {}

  private static byte[] beginning(String key) {
    return ("{\"" + key + "\":").getBytes(US_ASCII);
  }

  /** Whether {@code datagram} begins like one of these; looks at its first nine bytes at most. */
  public static boolean matches(ByteBuffer datagram) {
    return BEGINNINGS.stream().anyMatch(beginning -> begins(datagram, beginning));
  }

  private static boolean begins(ByteBuffer datagram, byte[] beginning) {
    if (datagram.remaining() < beginning.length) {
      return false;
    }
    for (int i = 0; i < beginning.length; i++) {
      if (datagram.get(datagram.position() + i) != beginning[i]) {
        return false;
      }
    }
    return true;
  }

  /** Reads one datagram; the buffer is consumed. */
  public static Decoded<ProbeMessage> decode(ByteBuffer datagram) {
    if (datagram.remaining() > BeaconCodec.SEND_LIMIT) {
      return Decoded.rejected(Refusal.OVERSIZE, datagram.remaining() + " bytes");
    }
    return JsonText.read(datagram, JsonText.Bounds.DATAGRAM).then(ProbeCodec::decode);
  }

  private static Decoded<ProbeMessage> decode(Map<String, @Nullable Object> object) {
    String kind = object.isEmpty() ? "" : object.keySet().iterator().next();
    return RumorCodec.decode(object, "r", ProbeMessage.RUMORS)
        .then(rumors -> decode(kind, new Fields(object), rumors));
  }

  private static Decoded<ProbeMessage> decode(String kind, Fields fields, List<Rumor> rumors) {
    return switch (kind) {
      case PROBE, RELAY -> {
        long number = fields.whole(kind, null, 1, LARGEST);
        String from = fields.text("from", INSTANCE);
        long cookie = fields.whole("c", null, 1, LARGEST);
        String to = kind.equals(RELAY) ? fields.text("to", INSTANCE) : from;
        String problem = fields.problem();
        if (problem != null || from.isBlank() || to.isBlank()) {
          yield refused(problem);
        }
        InstanceId asker = new InstanceId(from);
        yield new Decoded.Value<>(
            kind.equals(PROBE)
                ? new ProbeMessage.Probe(number, asker, cookie, rumors)
                : new ProbeMessage.Relay(number, asker, cookie, new InstanceId(to), rumors));
      }
      case ACK -> {
        long number = fields.whole(ACK, null, 1, LARGEST);
        String about = fields.text("of", INSTANCE);
        long incarnation = fields.whole("inc", 0L, 0, Long.MAX_VALUE);
        yield fields.problem() != null || about.isBlank()
            ? refused(fields.problem())
            : new Decoded.Value<>(
                new ProbeMessage.Ack(number, new InstanceId(about), incarnation, rumors));
      }
      case NACK -> {
        long number = fields.whole(NACK, null, 1, LARGEST);
        yield fields.problem() != null
            ? refused(fields.problem())
            : new Decoded.Value<>(new ProbeMessage.Nack(number));
      }
      default -> Decoded.rejected(Refusal.UNKNOWN_SHAPE, "no message of the failure detector");
    };
  }

  private static Decoded<ProbeMessage> refused(@Nullable String problem) {
    return Decoded.rejected(Refusal.SCHEMA, problem == null ? "an instance is empty" : problem);
  }

  /**
   * Writes one datagram of at most {@link BeaconCodec#SEND_LIMIT} bytes: rumors are left out from
   * the end until it fits.
   */
  public static byte[] encode(ProbeMessage message) {
    for (int rumors = message.rumors().size(); ; rumors--) {
      byte[] bytes = encode(message, message.rumors().subList(0, rumors));
      if (bytes.length <= BeaconCodec.SEND_LIMIT || rumors == 0) {
        return bytes;
      }
    }
  }

  private static byte[] encode(ProbeMessage message, List<Rumor> rumors) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    switch (message) {
      case ProbeMessage.Probe probe -> {
        out.put(PROBE, probe.number());
        out.put("from", probe.from().value());
        out.put("c", probe.cookie());
      }
      case ProbeMessage.Relay relay -> {
        out.put(RELAY, relay.number());
        out.put("from", relay.from().value());
        out.put("c", relay.cookie());
        out.put("to", relay.target().value());
      }
      case ProbeMessage.Ack ack -> {
        out.put(ACK, ack.number());
        out.put("of", ack.about().value());
        if (ack.incarnation() > 0) {
          out.put("inc", ack.incarnation());
        }
      }
      case ProbeMessage.Nack nack -> out.put(NACK, nack.number());
    }
    if (!rumors.isEmpty()) {
      out.put("r", RumorCodec.encode(rumors));
    }
    return JsonText.write(out).getBytes(UTF_8);
  }
}

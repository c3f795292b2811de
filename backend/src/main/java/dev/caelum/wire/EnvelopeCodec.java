package dev.caelum.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Text frames to envelopes and back; exactly the seven keys, as old nodes demand. */
public final class EnvelopeCodec {
  private static final Set<String> KEYS =
      Set.of(
          "message_id",
          "message_type",
          "source_machine",
          "target_machines",
          "timestamp",
          "payload",
          "correlation_id");

  private EnvelopeCodec() {}

  /** Whether {@code object} is meant as an envelope. */
  static boolean matches(Map<String, @Nullable Object> object) {
    return object.containsKey("message_type");
  }

  static Decoded<Envelope> decode(Map<String, @Nullable Object> object) {
    Fields fields = new Fields(object).only(KEYS);
    MessageType type = MessageType.of(object.get("message_type"));
    if (type == null) {
      return Decoded.rejected(
          Refusal.UNKNOWN_TYPE, "message_type \"" + fields.text("message_type", "", 64) + "\"");
    }
    Map<String, @Nullable Object> payload = fields.objectOrNull("payload");
    Envelope envelope =
        new Envelope(
            fields.text("message_id", 64),
            type,
            fields.text("source_machine", 64),
            object.get("target_machines") == null
                ? null
                : fields.texts("target_machines", 2_048, 64),
            fields.text("timestamp", "", 64),
            payload == null ? Map.of() : payload,
            fields.textOrNull("correlation_id", 64));
    if (fields.problem() != null) {
      return Decoded.rejected(Refusal.SCHEMA, fields.problem());
    }
    if (payload == null && object.get("payload") != null) {
      return Decoded.rejected(Refusal.SCHEMA, "payload must be an object");
    }
    return new Decoded.Value<>(envelope);
  }

  /** Writes an envelope with all its keys. */
  public static String encode(Envelope envelope) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("message_id", envelope.messageId());
    out.put("message_type", envelope.type().code());
    out.put("source_machine", envelope.sourceMachine());
    out.put("target_machines", envelope.targets());
    out.put("timestamp", envelope.timestamp());
    out.put("payload", envelope.payload());
    out.put("correlation_id", envelope.correlationId());
    return JsonText.write(out);
  }
}

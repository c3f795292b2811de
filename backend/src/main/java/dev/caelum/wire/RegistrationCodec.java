package dev.caelum.wire;

import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.MachineInfo;
import dev.caelum.cluster.NodeId;
import dev.caelum.cluster.Registration;
import dev.caelum.cluster.Self;
import dev.caelum.cluster.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The payload of {@code machine_register} and {@code machine_update}: {@code machine_info} as old
 * nodes demand it and beside it {@code _caelum}, which they do not look at. With {@code _caelum} in
 * both directions the link goes on with our own numbered frames.
 */
public final class RegistrationCodec {
  static final String EXTENSION = "_caelum";
  private static final int TEXT = 64;

  private RegistrationCodec() {}

  /** Reads a registration. */
  public static Decoded<Registration> decode(Map<String, @Nullable Object> payload) {
    Fields fields = new Fields(payload);
    Map<String, @Nullable Object> machine = fields.objectOrNull("machine_info");
    if (machine == null) {
      return Decoded.rejected(Refusal.SCHEMA, "machine_info is missing");
    }
    Map<String, @Nullable Object> extension = fields.objectOrNull(EXTENSION);
    return MachineInfoCodec.decode(machine).then(info -> registration(info, extension));
  }

  private static Decoded<Registration> registration(
      MachineInfo info, @Nullable Map<String, @Nullable Object> extension) {
    NodeId id = new NodeId(info.machineId());
    if (extension == null) {
      return new Decoded.Value<>(new Registration(id, null, 0, null, null, 0, 0, null, info));
    }
    Fields fields = new Fields(extension);
    Map<String, @Nullable Object> range = fields.objectOrNull("protocol");
    Fields protocol = new Fields(range == null ? Map.of() : range);
    String instance = fields.text("instance", 32);
    Integer port = fields.has("port") ? (int) fields.whole("port", null, 1, 65_535) : null;
    Registration registration =
        new Registration(
            id,
            new InstanceId(instance.isEmpty() ? "-" : instance),
            fields.whole("inc", 0L, 0, Long.MAX_VALUE),
            fields.textOrNull("cluster", TEXT),
            port,
            (int) protocol.whole("minimum", null, 1, 1_000_000),
            (int) protocol.whole("maximum", null, 1, 1_000_000),
            ProbeAddresses.decode(fields),
            info);
    if (fields.problem() != null) {
      return Decoded.rejected(Refusal.SCHEMA, EXTENSION + ": " + fields.problem());
    }
    if (instance.isBlank()) {
      return Decoded.rejected(Refusal.SCHEMA, EXTENSION + ": instance is empty");
    }
    if (protocol.problem() != null) {
      return Decoded.rejected(Refusal.SCHEMA, EXTENSION + ".protocol: " + protocol.problem());
    }
    return new Decoded.Value<>(registration);
  }

  /** Writes this node's registration. */
  public static Map<String, @Nullable Object> encode(Self self, long incarnation) {
    Map<String, @Nullable Object> extension = new LinkedHashMap<>();
    extension.put(
        "protocol",
        Map.of("minimum", Settings.PROTOCOL_MINIMUM, "maximum", Settings.PROTOCOL_MAXIMUM));
    extension.put("instance", self.instance().value());
    extension.put("inc", incarnation);
    extension.put("cluster", self.cluster());
    extension.put("port", self.endpoint().port());
    ProbeAddresses.encode(self.probe(), extension);
    Map<String, @Nullable Object> payload = new LinkedHashMap<>();
    payload.put("machine_info", MachineInfoCodec.encode(self.info()));
    payload.put(EXTENSION, extension);
    return payload;
  }

  /** Reads the {@code discovered_machines} of an old node's {@code machine_update}. */
  public static List<MachineInfo> discovered(Map<String, @Nullable Object> payload) {
    return new Fields(payload)
        .objects("discovered_machines", Frame.Machines.LIMIT).stream()
            .map(MachineInfoCodec::decode)
            .filter(Decoded.Value.class::isInstance)
            .map(decoded -> ((Decoded.Value<MachineInfo>) decoded).value())
            .toList();
  }
}

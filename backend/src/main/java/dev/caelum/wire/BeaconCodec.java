package dev.caelum.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Datagrams to beacons and back; what old nodes refuse is refused here too. */
public final class BeaconCodec {
  /** The most that is read; an old node reads no more either. */
  public static final int READ_LIMIT = 4_096;

  /** The most that is sent, so that no datagram is ever fragmented. */
  public static final int SEND_LIMIT = 1_400;

  static final String TYPE = "CAELUM_BEACON";
  static final String EXTENSION = "_caelum";

  /** What {@code ,"pad":""} takes beside the padding itself. */
  private static final int PAD_FRAME = 9;

  private static final int ID = 64;
  private static final int TEXT = 64;
  private static final int SERVICES = 256;
  private static final Set<String> KEYS =
      Set.of(
          "message_type",
          "machine_id",
          "hostname",
          "primary_ip",
          "cluster_id",
          "cluster_name",
          "websocket_port",
          "services",
          "timestamp");

  private BeaconCodec() {}

  /** Reads one datagram; the buffer is consumed. */
  public static Decoded<Beacon> decode(ByteBuffer datagram) {
    if (datagram.remaining() > READ_LIMIT) {
      return Decoded.rejected(Refusal.OVERSIZE, datagram.remaining() + " bytes");
    }
    return JsonText.read(datagram, JsonText.Bounds.DATAGRAM).then(BeaconCodec::decode);
  }

  private static Decoded<Beacon> decode(Map<String, @Nullable Object> object) {
    if (TYPE.equals(object.get("message_type"))) {
      return announce(object);
    }
    Object type = object.get("type");
    if ("beacon".equals(type) || "discovery".equals(type)) {
      return hint(object);
    }
    return Decoded.rejected(Refusal.UNKNOWN_SHAPE, "neither message_type nor type is a beacon's");
  }

  private static Decoded<Beacon> announce(Map<String, @Nullable Object> object) {
    Fields fields = new Fields(object).only(KEYS);
    Extension found = new Extension();
    List<Beacon.Service> services = new ArrayList<>();
    for (Map<String, @Nullable Object> entry : fields.objects("services", SERVICES)) {
      if (EXTENSION.equals(entry.get("name"))) {
        found.read(entry);
      } else {
        services.add(service(entry));
      }
    }
    Beacon.Announce beacon =
        new Beacon.Announce(
            fields.text("machine_id", ID),
            fields.text("hostname", TEXT),
            fields.text("primary_ip", TEXT),
            fields.text("cluster_id", TEXT),
            fields.text("cluster_name", TEXT),
            (int) fields.whole("websocket_port", 8_080L, 1, 65_535),
            services,
            fields.text("timestamp", "", TEXT),
            found.extension);
    if (fields.problem() != null) {
      return Decoded.rejected(Refusal.SCHEMA, fields.problem());
    }
    if (found.problem != null) {
      return Decoded.rejected(Refusal.SCHEMA, found.problem);
    }
    if (beacon.machineId().isBlank()) {
      return Decoded.rejected(Refusal.SCHEMA, "machine_id is empty");
    }
    return new Decoded.Value<>(beacon);
  }

  private static final class Extension {
    Beacon.@Nullable Extension extension;
    @Nullable String problem;

    void read(Map<String, @Nullable Object> entry) {
      Fields fields = new Fields(entry);
      String instance = fields.text("instance", 32);
      extension =
          new Beacon.Extension(
              instance,
              fields.whole("seq", null, 0, Long.MAX_VALUE),
              fields.whole("inc", 0L, 0, Long.MAX_VALUE),
              (int) fields.whole("interval", 15L, 1, 3_600),
              fields.textOrNull("cluster", TEXT),
              fields.text("digest", "", 16),
              (int) fields.whole("count", 0L, 0, 100_000),
              kind(fields.text("kind", "announce", 16)),
              fields.has("reply") ? (int) fields.whole("reply", null, 1, 65_535) : null);
      problem = fields.problem();
      if (problem == null && instance.isBlank()) {
        problem = "instance is empty";
      }
    }

    private static Beacon.Kind kind(String name) {
      return switch (name) {
        case "probe" -> Beacon.Kind.PROBE;
        case "discover" -> Beacon.Kind.DISCOVER;
        case "answer" -> Beacon.Kind.ANSWER;
        default -> Beacon.Kind.ANNOUNCE;
      };
    }
  }

  private static Beacon.Service service(Map<String, @Nullable Object> entry) {
    Fields fields = new Fields(entry);
    return new Beacon.Service(
        fields.text("name", "", TEXT),
        fields.text("type", "", TEXT),
        entry.get("port") instanceof Long port && port > 0 && port < 65_536
            ? port.intValue()
            : null,
        fields.text("status", "", TEXT));
  }

  private static Decoded<Beacon> hint(Map<String, @Nullable Object> object) {
    Fields fields = new Fields(object);
    Beacon.ClusterHint hint =
        new Beacon.ClusterHint(
            fields.text("clusterId", TEXT),
            fields.text("clusterName", "", TEXT),
            (int) fields.whole("wsPort", 8_080L, 1, 65_535),
            fields.texts("capabilities", 64, TEXT),
            fields.text("role", "", TEXT));
    return fields.problem() == null
        ? new Decoded.Value<>(hint)
        : Decoded.rejected(Refusal.SCHEMA, fields.problem());
  }

  /**
   * Writes one datagram of at most {@link #SEND_LIMIT} bytes: services are left out from the end
   * until it fits, their count and digest stay. A question is padded to exactly the limit, so that
   * no answer is longer than the question.
   */
  public static byte[] encode(Beacon.Announce beacon) {
    Beacon.Extension extension = beacon.extension();
    boolean question = extension != null && asks(extension.kind());
    int room = SEND_LIMIT - encode(beacon, 0, 0).length - (question ? PAD_FRAME + 1 : 0);
    if (room < 0) {
      throw new IllegalArgumentException("a beacon without room: " + -room + " bytes too long");
    }
    int services = fitting(beacon.services(), room);
    byte[] bytes = encode(beacon, services, 0);
    return question ? encode(beacon, services, SEND_LIMIT - PAD_FRAME - bytes.length) : bytes;
  }

  /** How many of the first services, each with its comma, fit into {@code room} bytes. */
  private static int fitting(List<Beacon.Service> services, int room) {
    int used = 0;
    for (int count = 0; count < services.size(); count++) {
      used += JsonText.write(entry(services.get(count))).getBytes(UTF_8).length + 1;
      if (used > room) {
        return count;
      }
    }
    return services.size();
  }

  private static boolean asks(Beacon.Kind kind) {
    return switch (kind) {
      case PROBE, DISCOVER -> true;
      case ANNOUNCE, ANSWER -> false;
    };
  }

  private static byte[] encode(Beacon.Announce beacon, int serviceCount, int padding) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("message_type", TYPE);
    out.put("machine_id", beacon.machineId());
    out.put("hostname", beacon.hostname());
    out.put("primary_ip", beacon.primaryIp());
    out.put("cluster_id", beacon.clusterId());
    out.put("cluster_name", beacon.clusterName());
    out.put("websocket_port", beacon.websocketPort());
    List<Map<String, @Nullable Object>> services = new ArrayList<>();
    for (Beacon.Service service : beacon.services().subList(0, serviceCount)) {
      services.add(entry(service));
    }
    Beacon.Extension extension = beacon.extension();
    if (extension != null) {
      services.add(entry(extension, beacon.websocketPort(), padding));
    }
    out.put("services", services);
    out.put("timestamp", beacon.timestamp());
    return JsonText.write(out).getBytes(UTF_8);
  }

  private static Map<String, @Nullable Object> entry(
      Beacon.Extension extension, int port, int padding) {
    Map<String, @Nullable Object> out = entry(EXTENSION, "node", port, "running");
    out.put("instance", extension.instance());
    out.put("seq", extension.sequence());
    out.put("inc", extension.incarnation());
    out.put("interval", extension.intervalSeconds());
    if (extension.cluster() != null) {
      out.put("cluster", extension.cluster());
    }
    out.put("digest", extension.digest());
    out.put("count", extension.serviceCount());
    out.put("kind", extension.kind().name().toLowerCase(Locale.ROOT));
    if (extension.replyPort() != null) {
      out.put("reply", extension.replyPort());
    }
    if (padding > 0) {
      char[] pad = new char[padding];
      Arrays.fill(pad, '.');
      out.put("pad", new String(pad));
    }
    return out;
  }

  private static Map<String, @Nullable Object> entry(Beacon.Service service) {
    return entry(service.name(), service.type(), service.port(), service.status());
  }

  private static Map<String, @Nullable Object> entry(
      String name, String type, @Nullable Integer port, String status) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("name", name);
    out.put("type", type);
    out.put("port", port);
    out.put("status", status);
    return out;
  }
}

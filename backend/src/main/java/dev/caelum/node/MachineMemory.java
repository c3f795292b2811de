package dev.caelum.node;

import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.NodeId;
import dev.caelum.feed.DisplayText;
import dev.caelum.host.DataFolder;
import dev.caelum.logging.RateLimitedLog;
import dev.caelum.wire.Decoded;
import dev.caelum.wire.JsonText;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Machines that were linked once, kept over restarts in {@code machines.json} of the data folder,
 * so that a restart shows them at once and dials them first.
 */
final class MachineMemory {
  static final String FILE = "machines.json";

  /** Machines that are kept: as many as one bounded document holds with room to spare. */
  static final int LIMIT = 1_024;

  private static final Logger LOG = Logger.getLogger(MachineMemory.class.getName());
  private static final int MAX_BYTES = 4 << 20;

  private final DataFolder folder;
  private final RateLimitedLog troubles = new RateLimitedLog(LOG);

  /** Keys of rows that earlier runs linked with, whether or not this one has met them yet. */
  private final Set<String> remembered = new HashSet<>();

  private List<Map<String, @Nullable Object>> saved = List.of();

  MachineMemory(DataFolder folder) {
    this.folder = folder;
  }

  /** What earlier runs knew; a file that cannot be understood is put aside and told of. */
  synchronized List<Input.Remembered> load(long at) {
    try {
      byte[] bytes = folder.read(FILE, MAX_BYTES).orElse(null);
      if (bytes == null) {
        return List.of();
      }
      if (JsonText.read(ByteBuffer.wrap(bytes), JsonText.Bounds.LINK)
              instanceof Decoded.Value<Map<String, @Nullable Object>> read
          && read.value().get("machines") instanceof List<?> list) {
        return machines(list, at);
      }
      folder.setAside(FILE);
      LOG.warning(
          "Known machines were not loaded: "
              + folder.path().resolve(FILE)
              + " is not what this node writes; it is kept as "
              + FILE
              + ".bad");
    } catch (IOException e) {
      LOG.warning("Known machines could not be read: " + e.getMessage());
    }
    return List.of();
  }

  private List<Input.Remembered> machines(List<?> list, long at) {
    List<Input.Remembered> out = new ArrayList<>();
    for (Object item : list) {
      Input.Remembered machine = item instanceof Map<?, ?> map ? machine(map, at) : null;
      if (machine != null && out.size() < LIMIT) {
        out.add(machine);
        remembered.add(machine.id() + "@" + machine.endpoint());
      }
    }
    return out;
  }

  /** One entry; null when it is none, for somebody may have edited the file. */
  private static Input.@Nullable Remembered machine(Map<?, ?> map, long at) {
    if (!(map.get("port") instanceof Long port) || port < 1 || port > 65_535) {
      return null;
    }
    String instance = text(map, "instance");
    try {
      return new Input.Remembered(
          at,
          new NodeId(text(map, "id")),
          instance.isEmpty() ? null : new InstanceId(instance),
          new Endpoint(InetAddress.ofLiteral(text(map, "host")).getHostAddress(), port.intValue()),
          text(map, "hostname"),
          text(map, "cluster_id"),
          text(map, "cluster_name"));
    } catch (IllegalArgumentException notWrittenByUs) {
      return null;
    }
  }

  private static String text(Map<?, ?> map, String key) {
    return map.get(key) instanceof String text ? text : "";
  }

  /** Writes what is worth keeping, when it changed since the last time. */
  synchronized void save(ClusterSnapshot table) {
    List<Map<String, @Nullable Object>> now =
        worthKeeping(table).stream().map(MachineMemory::entry).toList();
    if (now.equals(saved) || (now.isEmpty() && saved.isEmpty())) {
      return;
    }
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("version", 1);
    document.put("machines", now);
    try {
      folder.write(FILE, JsonText.write(document).getBytes(StandardCharsets.UTF_8));
      saved = now;
    } catch (IOException e) {
      troubles.warning("save", () -> "Known machines could not be saved: " + e.getMessage());
    }
  }

  /** Keeps {@code member}, whom nothing of this run may speak for. */
  synchronized void keep(Member member) {
    remembered.add(member.key());
  }

  /** Who registered in this run or an earlier one; of too many, those seen last. */
  private List<Member> worthKeeping(ClusterSnapshot table) {
    List<Member> all =
        table.members().stream()
            .filter(member -> !member.self())
            .filter(member -> member.info() != null || remembered.contains(member.key()))
            .toList();
    return all.size() <= LIMIT
        ? all
        : all.stream()
            .sorted(Comparator.comparingLong(Member::lastEvidenceAt).reversed())
            .limit(LIMIT)
            .toList();
  }

  private static Map<String, @Nullable Object> entry(Member member) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("id", member.id().value());
    out.put("instance", member.instance() == null ? null : member.instance().value());
    out.put("host", member.endpoint().host());
    out.put("port", member.endpoint().port());
    out.put("hostname", DisplayText.name(member.hostname()));
    out.put("cluster_id", DisplayText.name(member.clusterId()));
    out.put("cluster_name", DisplayText.name(member.clusterName()));
    return out;
  }
}

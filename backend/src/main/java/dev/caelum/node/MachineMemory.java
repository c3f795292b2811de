package dev.caelum.node;

import dev.caelum.cluster.ClusterSnapshot;
import dev.caelum.cluster.Endpoint;
import dev.caelum.cluster.Input;
import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.Member;
import dev.caelum.cluster.NodeId;
import dev.caelum.host.DataFolder;
import dev.caelum.wire.Decoded;
import dev.caelum.wire.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Machines that were linked once, kept over restarts in {@code machines.json} of the data folder,
 * so that a restart shows them at once and dials them first.
 */
final class MachineMemory {
  static final String FILE = "machines.json";
  private static final Logger LOG = Logger.getLogger(MachineMemory.class.getName());

  /** Machines that are kept: as many as one bounded document holds with room to spare. */
  private static final int LIMIT = 1_024;

  private final DataFolder folder;
  private List<Map<String, @Nullable Object>> saved = List.of();

  MachineMemory(DataFolder folder) {
    this.folder = folder;
  }

  /** What earlier runs knew; a file that cannot be read is put aside and told of. */
  List<Input.Remembered> load(long at) {
    Path file = folder.path().resolve(FILE);
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      if (JsonText.read(text, JsonText.Bounds.LINK)
          instanceof Decoded.Value<Map<String, @Nullable Object>> read) {
        return machines(read.value(), at);
      }
      putAside(file, "it is not the JSON that this node writes");
    } catch (IOException e) {
      LOG.log(Level.WARNING, "Known machines could not be read from " + file + ": " + e);
    }
    return List.of();
  }

  private static void putAside(Path file, String why) throws IOException {
    Path bad = file.resolveSibling(FILE + ".bad");
    Files.move(file, bad, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    LOG.warning("Known machines were not loaded: " + why + "; the file is kept as " + bad);
  }

  private static List<Input.Remembered> machines(Map<String, @Nullable Object> object, long at) {
    List<Input.Remembered> out = new ArrayList<>();
    if (object.get("machines") instanceof List<?> list) {
      for (Object item : list) {
        if (item instanceof Map<?, ?> map && out.size() < LIMIT) {
          Input.Remembered machine = machine(map, at);
          if (machine != null) {
            out.add(machine);
          }
        }
      }
    }
    return out;
  }

  private static Input.@Nullable Remembered machine(Map<?, ?> map, long at) {
    if (map.get("id") instanceof String id
        && !id.isEmpty()
        && id.length() <= 64
        && map.get("host") instanceof String host
        && !host.isEmpty()
        && map.get("port") instanceof Long port
        && port > 0
        && port < 65_536) {
      String instance = text(map, "instance");
      return new Input.Remembered(
          at,
          new NodeId(id),
          instance.isEmpty() || instance.length() > 32 ? null : new InstanceId(instance),
          new Endpoint(host, port.intValue()),
          text(map, "hostname"),
          text(map, "cluster_id"),
          text(map, "cluster_name"));
    }
    return null;
  }

  private static String text(Map<?, ?> map, String key) {
    return map.get(key) instanceof String text ? text : "";
  }

  /** Writes what is worth keeping, when it changed since the last time. */
  synchronized void save(ClusterSnapshot table) {
    List<Map<String, @Nullable Object>> now =
        table.members().stream()
            .filter(member -> !member.self() && member.info() != null)
            .limit(LIMIT)
            .map(MachineMemory::entry)
            .toList();
    if (now.equals(saved) || (now.isEmpty() && saved.isEmpty())) {
      return;
    }
    try {
      Map<String, @Nullable Object> document = new LinkedHashMap<>();
      document.put("version", 1);
      document.put("machines", now);
      folder.write(FILE, JsonText.write(document).getBytes(StandardCharsets.UTF_8));
      saved = now;
    } catch (IOException e) {
      LOG.log(Level.WARNING, "Known machines could not be saved: " + e);
    }
  }

  private static Map<String, @Nullable Object> entry(Member member) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("id", member.id().value());
    out.put("instance", member.instance() == null ? null : member.instance().value());
    out.put("host", member.endpoint().host());
    out.put("port", member.endpoint().port());
    out.put("hostname", member.hostname());
    out.put("cluster_id", member.clusterId());
    out.put("cluster_name", member.clusterName());
    return out;
  }
}

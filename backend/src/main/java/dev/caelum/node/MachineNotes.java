package dev.caelum.node;

import dev.caelum.cluster.NodeId;
import dev.caelum.host.DataFolder;
import dev.caelum.http.MachineNote;
import dev.caelum.wire.Decoded;
import dev.caelum.wire.JsonText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the operator says of machines, kept in {@code notes.json} of the data folder. By machine id,
 * which outlives restarts and other addresses; two machines that share an id share it, too.
 */
final class MachineNotes {
  static final String FILE = "notes.json";
  static final int LIMIT = 4_096;

  private static final Logger LOG = Logger.getLogger(MachineNotes.class.getName());
  private static final int MAX_BYTES = 32 << 20;
  private static final JsonText.Bounds BOUNDS = new JsonText.Bounds(16 << 20, 250_000, 8_192);

  private final DataFolder folder;
  private volatile Map<String, MachineNote> notes;

  /** Reads what was said; a file that cannot be understood is put aside and told of. */
  MachineNotes(DataFolder folder) {
    this.folder = folder;
    this.notes = load();
  }

  MachineNote of(NodeId id) {
    return notes.getOrDefault(id.value(), MachineNote.NONE);
  }

  /**
   * Keeps {@code note}, on disk before this returns.
   *
   * @return whether there was room for one more
   */
  synchronized boolean put(NodeId id, MachineNote note) throws IOException {
    Map<String, MachineNote> next = new LinkedHashMap<>(notes);
    next.remove(id.value());
    if (!note.equals(MachineNote.NONE)) {
      next.put(id.value(), note);
    }
    if (next.size() > LIMIT) {
      return false;
    }
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("version", 1);
    document.put(
        "machines",
        next.entrySet().stream().map(each -> entry(each.getKey(), each.getValue())).toList());
    folder.write(FILE, JsonText.write(document).getBytes(StandardCharsets.UTF_8));
    notes = Map.copyOf(next);
    return true;
  }

  private static Map<String, @Nullable Object> entry(String id, MachineNote note) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("id", id);
    out.put("name", note.name());
    out.put("note", note.note());
    out.put("tags", note.tags());
    out.put("ignored", note.ignored());
    return out;
  }

  private Map<String, MachineNote> load() {
    try {
      byte[] bytes = folder.read(FILE, MAX_BYTES).orElse(null);
      if (bytes == null) {
        return Map.of();
      }
      if (JsonText.read(ByteBuffer.wrap(bytes), BOUNDS)
              instanceof Decoded.Value<Map<String, @Nullable Object>> read
          && read.value().get("machines") instanceof List<?> list) {
        Map<String, MachineNote> out = new LinkedHashMap<>();
        for (Object item : list) {
          if (item instanceof Map<?, ?> map && map.get("id") instanceof String id) {
            out.putIfAbsent(id, note(map));
          }
        }
        return Map.copyOf(out);
      }
      folder.setAside(FILE);
      LOG.warning(
          "Notes about machines were not loaded: "
              + folder.path().resolve(FILE)
              + " is not what this node writes; it is kept as "
              + FILE
              + ".bad");
    } catch (IOException e) {
      LOG.warning("Notes about machines could not be read: " + e.getMessage());
    }
    return Map.of();
  }

  private static MachineNote note(Map<?, ?> map) {
    Stream<?> tags = map.get("tags") instanceof List<?> list ? list.stream() : Stream.of();
    return new MachineNote(
        text(map, "name"),
        text(map, "note"),
        tags.filter(String.class::isInstance).map(String.class::cast).toList(),
        Boolean.TRUE.equals(map.get("ignored")));
  }

  private static String text(Map<?, ?> map, String key) {
    return map.get(key) instanceof String text ? text : "";
  }
}

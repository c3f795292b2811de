package dev.caelum.mcp;

import dev.caelum.host.DataFolder;
import dev.caelum.host.PortOwner;
import dev.caelum.host.SocketTable.Protocol;
import dev.caelum.service.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Which port is kept for which service on this machine, across restarts. Any thread may call. */
public final class PortBook {
  /** Where the book is kept, one {@code PORT NAME} a line. */
  static final String FILE = "ports.txt";

  private static final Logger LOG = Logger.getLogger(PortBook.class.getName());
  private static final int MAX_BYTES = 64 * 1_024;

  private final DataFolder folder;
  private final ServiceWatch watch;
  private final Runnable changed;
  private NavigableMap<Integer, String> kept = new TreeMap<>();

  /** Somebody has the port, or the name has another port; the message is a sentence. */
  public static final class Conflict extends Exception {
    private static final long serialVersionUID = 1;

    Conflict(String message) {
      super(message);
    }
  }

  /**
   * @param watch expects the services that ports are kept for
   * @param changed a port is kept, or no longer; must be quick
   */
  public PortBook(DataFolder folder, ServiceWatch watch, Runnable changed) {
    this.changed = changed;
    this.folder = folder;
    this.watch = watch;
  }

  /**
   * Reads what was kept in earlier runs.
   *
   * @throws IOException when the file is there and cannot be read
   */
  public synchronized void load() throws IOException {
    Optional<byte[]> content = folder.read(FILE, MAX_BYTES);
    if (content.isPresent()) {
      new String(content.get(), StandardCharsets.UTF_8).lines().forEach(this::take);
    }
  }

  private void take(String line) {
    String[] words = line.strip().split(" ", -1);
    if (words.length == 2
        && words[0].matches("[0-9]{1,5}")
        && valid(words[1])
        && watch.ports().contains(Integer.valueOf(words[0]))) {
      keep(Integer.parseInt(words[0]), words[1]);
    } else if (!line.isBlank()) {
      LOG.warning(FILE + ": a line is not PORT NAME of a watched port; it is left out");
    }
  }

  /** Whether a service may have this name. */
  public static boolean valid(String name) {
    return name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0," + (Service.NAME - 1) + "}");
  }

  /** Port to name. */
  public synchronized Map<Integer, String> kept() {
    return new TreeMap<>(kept);
  }

  /** The first port that nobody has: not kept, not listening, and no other service's slot. */
  public synchronized OptionalInt nextFree() {
    NavigableSet<Integer> ports = watch.ports();
    Set<Integer> listening = Listener.among(ports).keySet();
    return ports.stream()
        .filter(port -> !kept.containsKey(port) && !listening.contains(port))
        .filter(port -> watch.service(port) == null)
        .mapToInt(Integer::intValue)
        .findFirst();
  }

  /**
   * Keeps a port for a service.
   *
   * @param port null = the one that is kept already, else the slot of that name, else the next free
   * @return the port
   * @throws Conflict when somebody else has it
   * @throws IOException when it could not be written; it is not kept then
   */
  public synchronized int reserve(String name, @Nullable Integer port)
      throws Conflict, IOException {
    for (Map.Entry<Integer, String> entry : kept.entrySet()) {
      if (entry.getValue().equals(name)) {
        if (port == null || port.equals(entry.getKey())) {
          return entry.getKey();
        }
        throw new Conflict(name + " has port " + entry.getKey() + " already; release that first.");
      }
    }
    int wanted = port == null ? slot(name) : port;
    String other = kept.get(wanted);
    if (other != null) {
      throw new Conflict("Port " + wanted + " is kept for " + other + ".");
    }
    Listener listener = Listener.among(Set.of(wanted)).get(wanted);
    Service there = watch.service(wanted);
    boolean itself = there != null && there.ready() && names(there, name);
    if (listener != null && !itself) {
      String holder =
          PortOwner.find(Protocol.TCP, wanted).map(PortOwner.Owner::toString).orElse("a process");
      throw new Conflict("Port " + wanted + " is held by " + holder + ".");
    }
    keep(wanted, name);
    try {
      write();
    } catch (IOException e) {
      drop(wanted);
      throw e;
    }
    return wanted;
  }

  private static boolean names(Service there, String name) {
    return there.name().equals(name)
        || (there.spoken() != null && there.spoken().name().equals(name));
  }

  private int slot(String name) throws Conflict {
    for (int port : watch.ports()) {
      var known = dev.caelum.cluster.KnownPorts.of(port);
      if (known != null && known.name().equals(name)) {
        return port;
      }
    }
    return nextFree().orElseThrow(() -> new Conflict("No port is free."));
  }

  /**
   * Keeps a port no longer.
   *
   * @return the name it was kept for; empty when it was not
   * @throws IOException when that could not be written; it is still kept then
   */
  public synchronized Optional<String> release(int port) throws IOException {
    String name = kept.get(port);
    if (name == null) {
      return Optional.empty();
    }
    drop(port);
    try {
      write();
    } catch (IOException e) {
      keep(port, name);
      throw e;
    }
    return Optional.of(name);
  }

  private void keep(int port, String name) {
    kept.put(port, name);
    watch.expect(port, name);
    changed.run();
  }

  private void drop(int port) {
    kept.remove(port);
    watch.expect(port, null);
    changed.run();
  }

  private void write() throws IOException {
    StringBuilder out = new StringBuilder();
    kept.forEach((port, name) -> out.append(port).append(' ').append(name).append('\n'));
    folder.write(FILE, out.toString().getBytes(StandardCharsets.UTF_8));
  }
}

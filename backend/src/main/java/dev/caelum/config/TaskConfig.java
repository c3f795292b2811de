package dev.caelum.config;

import dev.caelum.config.NodeConfig.HostPort;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What this machine does for tasks.
 *
 * @param accept which other machines may have what run here; empty = none
 * @param slots attempts that run at once, 1 to 256; 0 = one a core
 * @param heapMib heap of a process that runs handlers, 32 to 65,536 MiB
 * @param roots folders whose files handlers may read; empty = none
 * @param ai where a model server listens that speaks as Ollama does
 * @param labels of this machine, by which tasks choose it; at most 16
 * @param handlers jars with handlers of others than us; empty = none
 * @param legacyWorkers whether old nodes are given tasks
 * @param store the database that keeps tasks; empty = a file in the data folder
 * @param passwordFile where the database's password is; empty = in {@code CAELUM_STORE_PASSWORD},
 *     or none is needed
 * @param roomMb megabytes that must be free where tasks are kept for new ones to be taken, 1 to
 *     999,999
 */
public record TaskConfig(
    List<AcceptRule> accept,
    int slots,
    int heapMib,
    List<Path> roots,
    HostPort ai,
    Map<String, String> labels,
    List<Path> handlers,
    boolean legacyWorkers,
    Optional<DatabaseUrl> store,
    Optional<Path> passwordFile,
    int roomMb) {
  public static final int DEFAULT_HEAP_MIB = 256;
  public static final int DEFAULT_ROOM_MB = 200;
  public static final HostPort DEFAULT_AI = new HostPort("127.0.0.1", 11_434);

  /** Nothing for others, the usual for this node itself. */
  public static final TaskConfig DEFAULT =
      new TaskConfig(
          List.of(),
          0,
          DEFAULT_HEAP_MIB,
          List.of(),
          DEFAULT_AI,
          Map.of(),
          List.of(),
          false,
          Optional.empty(),
          Optional.empty(),
          DEFAULT_ROOM_MB);

  public TaskConfig {
    accept = List.copyOf(accept);
    roots = List.copyOf(roots);
    labels = Map.copyOf(labels);
    handlers = List.copyOf(handlers);
  }

  /** The same for other machines too. */
  public TaskConfig accepting(List<AcceptRule> rules) {
    return new TaskConfig(
        rules,
        slots,
        heapMib,
        roots,
        ai,
        labels,
        handlers,
        legacyWorkers,
        store,
        passwordFile,
        roomMb);
  }

  /** The same with tasks in that database. */
  public TaskConfig keptIn(Optional<DatabaseUrl> database, Optional<Path> password) {
    return new TaskConfig(
        accept,
        slots,
        heapMib,
        roots,
        ai,
        labels,
        handlers,
        legacyWorkers,
        database,
        password,
        roomMb);
  }
}

package dev.caelum.work;

import dev.caelum.config.AcceptRule;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What other machines may have run here: nothing until the operator says so, in the configuration
 * or at run time. The node itself may have everything run. Any thread may call.
 */
public final class AcceptRules {
  /** Rules that may be added at run time. */
  public static final int LIMIT = 256;

  private static final Logger LOG = Logger.getLogger(AcceptRules.class.getName());

  private final Path file;
  private final List<AcceptRule> configured;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile List<AcceptRule> added;

  /**
   * Reads the rules that were added in earlier runs.
   *
   * @param configured from the configuration; they cannot be removed at run time
   * @throws IOException when the file is there and cannot be read
   */
  public AcceptRules(Path file, List<AcceptRule> configured) throws IOException {
    this.file = file;
    this.configured = List.copyOf(configured);
    List<AcceptRule> kept = new ArrayList<>();
    for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
      try {
        kept.add(AcceptRule.parse(line));
      } catch (IllegalArgumentException e) {
        LOG.warning(() -> file.getFileName() + ": " + e.getMessage() + "; the line is left out");
      }
    }
    this.added = List.copyOf(kept);
  }

  /** Adds somebody who is told of each change. */
  public void listen(Runnable listener) {
    listeners.add(listener);
  }

  /** All rules that hold now, those of the configuration first. */
  public List<AcceptRule> list() {
    return Stream.concat(configured.stream(), added.stream()).distinct().toList();
  }

  /** Whether the rule is of the configuration, and so cannot be removed here. */
  public boolean fixed(AcceptRule rule) {
    return configured.contains(rule);
  }

  /**
   * Adds a rule; it holds at once and after a restart.
   *
   * @throws IOException when it could not be written; it does not hold then
   * @throws IllegalStateException when there are {@link #LIMIT} already
   */
  public synchronized void add(AcceptRule rule) throws IOException {
    if (list().contains(rule)) {
      return;
    }
    if (added.size() >= LIMIT) {
      throw new IllegalStateException("There are " + LIMIT + " rules already; remove some first.");
    }
    replace(Stream.concat(added.stream(), Stream.of(rule)).toList());
  }

  /**
   * Removes a rule that was added at run time.
   *
   * @return whether it was there
   * @throws IOException when that could not be written; it still holds then
   */
  public synchronized boolean remove(AcceptRule rule) throws IOException {
    if (!added.contains(rule)) {
      return false;
    }
    replace(added.stream().filter(each -> !each.equals(rule)).toList());
    return true;
  }

  private void replace(List<AcceptRule> rules) throws IOException {
    String text =
        rules.stream().map(AcceptRule::toString).collect(Collectors.joining("\n", "", "\n"));
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      channel.write(StandardCharsets.UTF_8.encode(text));
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      try (FileChannel entry = FileChannel.open(folder)) {
        entry.force(true);
      }
    }
    added = rules;
    listeners.forEach(Runnable::run);
  }

  /** Whether a machine may have such a task run here; {@code source} null is the node itself. */
  public boolean allows(String type, @Nullable InetAddress source) {
    return source == null || list().stream().anyMatch(rule -> rule.allows(type, source));
  }

  /** Those of {@code types} that a machine may have run here. */
  List<String> allowed(Collection<String> types, @Nullable InetAddress source) {
    return types.stream().filter(type -> allows(type, source)).sorted().toList();
  }

  /** What people are to be warned of; null while other machines may have nothing run here. */
  public @Nullable String warning() {
    List<AcceptRule> rules = list();
    if (rules.isEmpty()) {
      return null;
    }
    return "Tasks from other machines run here: "
        + rules.stream()
            .map(rule ->
                (rule.type().equals("*") ? "every type" : rule.type())
                    + " from "
                    + rule.addresses())
            .collect(Collectors.joining(", "));
  }
}

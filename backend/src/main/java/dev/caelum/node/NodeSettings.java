package dev.caelum.node;

import dev.caelum.config.ConfigKey;
import dev.caelum.config.ConfigRefused;
import dev.caelum.config.Configuration;
import dev.caelum.config.NodeConfig;
import dev.caelum.config.SettingsFile;
import dev.caelum.host.DataFolder;
import dev.caelum.http.SettingsPort;
import dev.caelum.logging.Logs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings of this process: those that run, and those that its next start takes. A change is on
 * disk, as a whole, before any of it takes effect.
 */
final class NodeSettings implements SettingsPort {
  private static final Logger LOG = Logger.getLogger(NodeSettings.class.getName());

  private Configuration running;
  private Configuration next;
  private @Nullable DataFolder folder;
  private Consumer<NodeConfig> taker = _ -> {};

  NodeSettings(Configuration started) {
    this.running = started;
    this.next = started;
  }

  /** What runs now. */
  synchronized NodeConfig node() {
    return running.node();
  }

  /**
   * From now on changes are kept in {@code in}.
   *
   * @param takes what takes effect at once, after each change
   */
  synchronized void serve(DataFolder in, Consumer<NodeConfig> takes) {
    folder = in;
    taker = takes;
  }

  @Override
  public synchronized List<State> all() {
    return running.settings().stream()
        .map(setting -> new State(setting, next.setting(setting.key())))
        .toList();
  }

  @Override
  public synchronized Path file() {
    return running.node().data().resolve(SettingsFile.NAME);
  }

  @Override
  public synchronized Optional<Path> configFile() {
    return running.file();
  }

  @Override
  public synchronized void change(Map<ConfigKey, Optional<String>> wanted)
      throws ConfigRefused, IOException {
    DataFolder in = folder;
    if (in == null) {
      throw new IOException("The node is starting.");
    }
    Configuration changed = next.with(wanted);
    in.write(SettingsFile.NAME, SettingsFile.bytes(changed.changed()));
    NodeConfig before = running.node();
    next = changed;
    running = running.taking(changed);
    NodeConfig now = running.node();
    if (now.verbose() != before.verbose() || now.jsonLogs() != before.jsonLogs()) {
      Logs.configure(now.verbose(), now.jsonLogs());
    }
    LOG.info(
        "Settings changed: "
            + wanted.keySet().stream()
                .sorted()
                .map(ConfigKey::key)
                .collect(Collectors.joining(", ")));
    taker.accept(now);
  }
}

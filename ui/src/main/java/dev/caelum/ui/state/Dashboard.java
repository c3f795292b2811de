package dev.caelum.ui.state;

import dev.caelum.ui.client.EventStream;
import dev.caelum.ui.client.NodeCommands;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The one model of the node that all tabs share, and the commands they may give. */
public final class Dashboard implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Dashboard.class.getName());

  private final URI node;
  private final Pulse pulse = new Pulse(this::publish);
  private final NodeCommands commands;
  private final ClusterModel model;
  private final Readings readings;
  private final EventStream events;
  private final List<Consumer<ClusterView>> watchers = new CopyOnWriteArrayList<>();

  /**
   * @param node base address of the node, for example {@code http://127.0.0.1:8080}
   */
  public Dashboard(HttpClient http, URI node) {
    this.node = node;
    this.commands = new NodeCommands(http, node);
    this.model = new ClusterModel(pulse::change, this::read);
    this.readings = new Readings(commands, model);
    this.events = new EventStream(http, node, model);
  }

  /** Begins to follow the node. */
  public void start() {
    pulse.start();
    readings.start();
    events.start();
  }

  /** The address of the node that is shown. */
  public URI node() {
    return node;
  }

  public NodeCommands commands() {
    return commands;
  }

  /** Reads MCP servers and ports anew, after a command that may have changed them. */
  public void readServices() {
    read(EnumSet.of(Readings.Subject.SERVICES, Readings.Subject.PORTS));
  }

  /** Reads reservations and analyses if it is time; a page that shows them calls it often. */
  public void wantWork() {
    readings.wantWork();
  }

  /** Reads reservations and analyses anew, after a command that may have changed them. */
  public void readWork() {
    read(EnumSet.of(Readings.Subject.WORK));
  }

  private void read(Set<Readings.Subject> subjects) {
    readings.want(subjects);
  }

  /** What is known now. */
  public ClusterView view() {
    return model.view();
  }

  /**
   * Tells {@code watcher} of every publication until the returned handle runs: at once after a
   * change, lasting ones four times a second, at least every 2 s. The watcher must be quick.
   */
  public Runnable watch(Consumer<ClusterView> watcher) {
    watchers.add(watcher);
    readings.wantLately();
    return () -> watchers.remove(watcher);
  }

  private void publish() {
    ClusterView view = model.view();
    if (!watchers.isEmpty()) {
      readings.wantLately();
    }
    for (Consumer<ClusterView> watcher : watchers) {
      try {
        watcher.accept(view);
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "A page could not be told of a change", e);
      }
    }
  }

  @Override
  public void close() {
    events.close();
    readings.close();
    pulse.close();
  }
}

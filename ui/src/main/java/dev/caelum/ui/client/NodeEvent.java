package dev.caelum.ui.client;

import java.util.List;
import java.util.Optional;

/** One event of the node's stream, as {@code docs/api.md} lists them. */
public sealed interface NodeEvent {
  /** Everything; what was known before is void. */
  record Snapshot(NodeInfo node, List<Machine> machines, Discovery discovery, List<LogLine> log)
      implements NodeEvent {}

  /** A row is new or changed. */
  record MachineChanged(Machine machine) implements NodeEvent {}

  /** A row is gone. */
  record MachineRemoved(String key) implements NodeEvent {}

  /** The discovery moved on. */
  record DiscoveryChanged(Discovery discovery) implements NodeEvent {}

  /** The node wrote a line. */
  record Logged(LogLine line) implements NodeEvent {}

  /** Something happened that a person should hear of. */
  record Notified(InboxItem item) implements NodeEvent {}

  /** The node itself changed. */
  record NodeChanged(NodeInfo node) implements NodeEvent {}

  /** These tasks changed; with {@code more}, others did, too. */
  record TasksChanged(List<Task> tasks, boolean more) implements NodeEvent {}

  /** The MCP servers of all machines are these now. */
  record ServicesChanged(List<Service> services) implements NodeEvent {}

  /** The ports of all machines are these now. */
  record PortsChanged(PortMap ports) implements NodeEvent {}

  /**
   * The event {@code name} with its JSON {@code data}; empty for a name that needs nothing done.
   * Throws {@link jakarta.json.JsonException} when {@code data} is no JSON object.
   */
  static Optional<NodeEvent> read(String name, String data) {
    return switch (name) {
      case "snapshot" -> {
        Fields f = Fields.parse(data);
        yield Optional.of(
            new Snapshot(
                NodeInfo.read(f.at("node")),
                f.list("machines", Machine::read),
                Discovery.read(f.at("discovery")),
                f.list("log", LogLine::read)));
      }
      case "machine" ->
          Optional.of(new MachineChanged(Machine.read(Fields.parse(data).at("machine"))));
      case "machine_removed" -> Optional.of(new MachineRemoved(Fields.parse(data).text("key", "")));
      case "discovery" -> Optional.of(new DiscoveryChanged(Discovery.read(Fields.parse(data))));
      case "log" -> Optional.of(new Logged(LogLine.read(Fields.parse(data))));
      case "notification" -> Optional.of(new Notified(InboxItem.read(Fields.parse(data))));
      case "node" -> Optional.of(new NodeChanged(NodeInfo.read(Fields.parse(data))));
      case "tasks" -> {
        Fields f = Fields.parse(data);
        yield Optional.of(new TasksChanged(f.list("tasks", Task::read), f.flag("more")));
      }
      case "services" ->
          Optional.of(new ServicesChanged(Fields.parse(data).list("services", Service::read)));
      case "ports" -> Optional.of(new PortsChanged(PortMap.read(Fields.parse(data))));
      default -> Optional.empty();
    };
  }
}

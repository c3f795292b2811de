package dev.caelum.http;

import dev.caelum.mcp.CallFailed;
import dev.caelum.mcp.LanTool;
import dev.caelum.service.Tool;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What an assistant may ask about the cluster; the answers are those of the API. */
final class ClusterTools {
  private static final String MACHINE =
      """
      {"type":"object","properties":{"machine":{"type":"string",\
      "description":"host name, id or key of the machine"}},"required":["machine"]}\
      """;

  private final MachineRoutes machines;
  private final PortRoutes ports;
  private final DiscoveryRoutes discovery;

  ClusterTools(MachineRoutes machines, PortRoutes ports, DiscoveryRoutes discovery) {
    this.machines = machines;
    this.ports = ports;
    this.discovery = discovery;
  }

  /** What a tool does; a refusal is a {@link Problem.Refused}. */
  interface Question {
    Object answer(JsonObject arguments) throws InterruptedException;
  }

  List<LanTool> all() {
    return List.of(
        tool(
            "machines",
            "Lists every machine of this LAN's cluster that this node knows, online or not: name,"
                + " address, state, processors, memory, load, and how it is linked.",
            Tool.ANY,
            _ -> machines.everything()),
        tool(
            "machine_why",
            "Explains why one machine is in its state (alive, suspect, dead, left): the evidence"
                + " now, and what happened lately, newest first. Use it when a machine is missing.",
            MACHINE,
            arguments -> machines.why(Bodies.text(arguments, "machine", 128))),
        tool(
            "services",
            "Lists the MCP servers of all machines: name, machine, port, state (ready,"
                + " configured, listening_no_answer, down, taken), reason, latency, version and"
                + " tools.",
            Tool.ANY,
            _ -> ports.all()),
        tool(
            "ports",
            "Shows for each machine which ports are used or kept, by whom, the conflicts, and the"
                + " next free slot for an MCP server.",
            Tool.ANY,
            _ -> ports.map()),
        tool(
            "discover",
            "Looks for machines in the network now and tells what was found and what was tried."
                + " Takes some seconds.",
            Tool.ANY,
            _ -> discovery.found()));
  }

  static LanTool tool(String name, String description, String schema, Question question) {
    return new LanTool(
        name,
        description,
        schema,
        arguments -> {
          try {
            return Json.text(
                question.answer(Json.object(arguments.getBytes(StandardCharsets.UTF_8))));
          } catch (Problem.Refused e) {
            throw new CallFailed(CallFailed.NOT_READY, e.problem().detail());
          }
        });
  }
}

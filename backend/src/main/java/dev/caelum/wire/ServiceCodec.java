package dev.caelum.wire;

import dev.caelum.service.McpMessage;
import dev.caelum.service.Service;
import dev.caelum.service.ServiceState;
import dev.caelum.service.Spoken;
import dev.caelum.service.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Services, and calls of their tools, as objects of a frame. */
final class ServiceCodec {
  private static final int HOUR_MILLIS = 3_600_000;

  private ServiceCodec() {}

  static Frame.Services services(Fields fields) {
    List<Map<String, @Nullable Object>> objects = fields.objects("l", Frame.Services.LIMIT);
    if (objects.size() < fields.list("l").size()) {
      fields.fail("l must be at most " + Frame.Services.LIMIT + " objects");
    }
    List<Service> services = new ArrayList<>();
    for (Map<String, @Nullable Object> object : objects) {
      Fields one = new Fields(object);
      Service service = service(one);
      String problem = one.problem();
      if (problem != null || service == null) {
        fields.fail(problem == null ? "a service does not fit its state" : problem);
        break;
      }
      services.add(service);
    }
    return new Frame.Services(services, fields.flag("all"));
  }

  private static @Nullable Service service(Fields one) {
    ServiceState state = ServiceState.of(one.text("state", Service.NAME)).orElse(null);
    Map<String, @Nullable Object> told = one.objectOrNull("mcp");
    Spoken spoken = told == null ? null : spoken(one, new Fields(told));
    if (state == null || (spoken != null) != (state == ServiceState.READY)) {
      return null;
    }
    return new Service(
        (int) one.whole("port", null, 0, 65_535),
        one.text("name", Service.NAME),
        state,
        one.text("reason", "", Service.REASON),
        one.textOrNull("holder", Service.NAME),
        spoken,
        one.flag("configured"),
        one.whole("since", null, 0, Long.MAX_VALUE));
  }

  private static Spoken spoken(Fields outer, Fields told) {
    List<Tool> tools = new ArrayList<>();
    for (Map<String, @Nullable Object> object : told.objects("tools", Spoken.TOOLS)) {
      Fields one = new Fields(object);
      String name = one.name("n", Tool.NAME);
      String description = one.lines("d", Tool.DESCRIPTION);
      String schema = one.has("s") ? one.json("s", Tool.SCHEMA) : Tool.ANY;
      if (one.problem() != null || name.isEmpty()) {
        outer.fail("a tool must have a name, a description and a schema");
        break;
      }
      tools.add(new Tool(name, description, schema));
    }
    Double latency = told.numberOrNull("ms");
    Spoken spoken =
        new Spoken(
            told.text("transport", Spoken.TEXT),
            told.text("name", "", Spoken.TEXT),
            told.text("version", "", Spoken.TEXT),
            latency == null ? 0 : latency,
            tools,
            (int) told.whole("more", 0L, 0, 1_000_000));
    String problem = told.problem();
    if (problem != null) {
      outer.fail(problem);
    }
    return spoken;
  }

  static void encode(Frame.Services services, Map<String, @Nullable Object> out) {
    out.put("l", services.services().stream().map(ServiceCodec::service).toList());
    if (services.all()) {
      out.put("all", true);
    }
  }

  private static Map<String, @Nullable Object> service(Service service) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("port", service.port());
    out.put("name", service.name());
    out.put("state", service.state().code());
    out.put("reason", service.reason());
    out.put("holder", service.holder());
    out.put("since", service.sinceMillis());
    if (service.configured()) {
      out.put("configured", true);
    }
    Spoken spoken = service.spoken();
    if (spoken != null) {
      Map<String, @Nullable Object> told = new LinkedHashMap<>();
      told.put("transport", spoken.transport());
      told.put("name", spoken.name());
      told.put("version", spoken.version());
      told.put("ms", spoken.latencyMillis());
      told.put("more", spoken.toolsLeftOut());
      told.put("tools", spoken.tools().stream().map(ServiceCodec::tool).toList());
      out.put("mcp", told);
    }
    return out;
  }

  private static Map<String, @Nullable Object> tool(Tool tool) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("n", tool.name());
    out.put("d", tool.description());
    if (!tool.schema().equals(Tool.ANY)) {
      out.put("s", tool.schema());
    }
    return out;
  }

  static Decoded<Frame> mcp(Fields fields) {
    String kind = fields.text("k", Service.NAME);
    String id = fields.text("id", Service.NAME);
    McpMessage message =
        switch (kind) {
          case "call" ->
              new McpMessage.Call(
                  id,
                  (int) fields.whole("port", null, 1, 65_535),
                  fields.name("tool", Tool.NAME),
                  fields.json("d", McpMessage.LIMIT),
                  fields.whole("ms", null, 1, HOUR_MILLIS));
          case "result" -> new McpMessage.Result(id, fields.json("d", McpMessage.LIMIT));
          case "failed" ->
              new McpMessage.Failed(
                  id,
                  (int) fields.whole("code", null, Integer.MIN_VALUE, Integer.MAX_VALUE),
                  fields.text("text", Service.REASON));
          case "progress" -> {
            Double done = fields.numberOrNull("done");
            yield new McpMessage.Progress(
                id,
                done == null ? 0 : done,
                fields.numberOrNull("total"),
                fields.textOrNull("text", Service.REASON));
          }
          case "cancel" -> new McpMessage.Cancel(id, fields.text("text", Service.REASON));
          default -> null;
        };
    return message == null
        ? Decoded.rejected(Refusal.UNKNOWN_TYPE, "mcp \"" + kind + "\"")
        : new Decoded.Value<>(new Frame.Mcp(message));
  }

  static void encode(McpMessage message, Map<String, @Nullable Object> out) {
    String kind =
        switch (message) {
          case McpMessage.Call call -> {
            out.put("port", call.port());
            out.put("tool", call.tool());
            out.put("d", call.arguments());
            out.put("ms", call.deadlineMillis());
            yield "call";
          }
          case McpMessage.Result result -> {
            out.put("d", result.result());
            yield "result";
          }
          case McpMessage.Failed failed -> {
            out.put("code", failed.code());
            out.put("text", failed.text());
            yield "failed";
          }
          case McpMessage.Progress progress -> {
            out.put("done", progress.done());
            out.put("total", progress.total());
            out.put("text", progress.message());
            yield "progress";
          }
          case McpMessage.Cancel cancel -> {
            out.put("text", cancel.reason());
            yield "cancel";
          }
        };
    out.put("k", kind);
    out.put("id", message.id());
  }
}

package dev.caelum.wire;

import dev.caelum.cluster.Rumor;
import dev.caelum.service.McpMessage;
import dev.caelum.task.WorkMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Text frames to values and back, the old form and our own alike. */
public final class FrameCodec {
  private static final String TYPE = "f";
  private static final String NUMBER = "n";
  private static final String REPLY = "re";
  private static final String RUMORS = "rumors";
  private static final String DIGEST = "digest";
  private static final String LINES = "lines";
  private static final String WORK = "work";
  private static final String SERVICES = "services";
  private static final String MCP = "mcp";
  private static final List<String> WORKING =
      Stream.of(WORK, SERVICES, MCP).map(type -> "{\"" + TYPE + "\":\"" + type + "\"").toList();
  private static final List<String> MEMBERSHIP =
      Stream.of(RUMORS, DIGEST, LINES).map(type -> "{\"" + TYPE + "\":\"" + type + "\"").toList();
  private static final int TEXT = 64;
  private static final int LONG_TEXT = 512;

  private FrameCodec() {}

  /** Whether the frame is about membership, by its beginning alone; nothing is parsed. */
  public static boolean membership(String text) {
    return MEMBERSHIP.stream().anyMatch(text::startsWith);
  }

  /** Whether the frame is about tasks, services or calls, likewise. */
  public static boolean work(String text) {
    return WORKING.stream().anyMatch(text::startsWith);
  }

  /** Reads one text frame. */
  public static Decoded<NumberedFrame> decode(String text) {
    return JsonText.read(text, work(text) ? JsonText.Bounds.WORK : JsonText.Bounds.LINK)
        .then(FrameCodec::decode);
  }

  private static Decoded<NumberedFrame> decode(Map<String, @Nullable Object> object) {
    if (EnvelopeCodec.matches(object)) {
      return EnvelopeCodec.decode(object)
          .then(envelope ->
              new Decoded.Value<>(new NumberedFrame(0, null, new Frame.Legacy(envelope))));
    }
    if (!object.containsKey(TYPE)) {
      return Decoded.rejected(Refusal.UNKNOWN_SHAPE, "neither an envelope nor a frame");
    }
    Fields fields = new Fields(object);
    String type = fields.text(TYPE, TEXT);
    long number = fields.whole(NUMBER, null, 1, Long.MAX_VALUE);
    Long reply = fields.has(REPLY) ? fields.whole(REPLY, null, 1, Long.MAX_VALUE) : null;
    Decoded<Frame> frame = body(type, object, fields);
    if (fields.problem() != null) {
      return Decoded.rejected(Refusal.SCHEMA, fields.problem());
    }
    return frame.then(value -> new Decoded.Value<>(new NumberedFrame(number, reply, value)));
  }

  private static Decoded<Frame> body(
      String type, Map<String, @Nullable Object> object, Fields fields) {
    return switch (type) {
      case RUMORS ->
          RumorCodec.decode(object, "rumors", Frame.Rumors.LIMIT)
              .then(rumors -> new Decoded.Value<>(new Frame.Rumors(rumors)));
      case DIGEST -> digest(fields);
      case LINES ->
          RumorCodec.decode(object, "lines", Frame.Rumors.LIMIT)
              .then(lines -> lines(lines, fields));
      case "pulse" -> new Decoded.Value<>(new Frame.Pulse(MachineChangeCodec.decode(fields)));
      case "heartbeat" -> {
        Map<String, @Nullable Object> info = fields.objectOrNull("machine_info");
        if (info == null) {
          yield Decoded.rejected(Refusal.SCHEMA, "machine_info is missing");
        }
        yield MachineInfoCodec.decode(info)
            .then(value -> new Decoded.Value<>(new Frame.Heartbeat(value)));
      }
      case "ask_machines" -> new Decoded.Value<>(new Frame.AskMachines());
      case "machines" -> new Decoded.Value<>(new Frame.Machines(machines(fields)));
      case "service_query" ->
          new Decoded.Value<>(new Frame.ServiceQuery(fields.text("service_name", TEXT)));
      case "service_location" ->
          new Decoded.Value<>(
              new Frame.ServiceLocation(
                  fields.text("service_name", TEXT), fields.textOrNull("location", TEXT)));
      case "status" -> {
        Map<String, @Nullable Object> payload = fields.objectOrNull("payload");
        yield new Decoded.Value<>(new Frame.Status(payload == null ? Map.of() : payload));
      }
      case "goodbye" -> new Decoded.Value<>(new Frame.Goodbye());
      case "problem" ->
          new Decoded.Value<>(
              new Frame.Problem(fields.text("code", TEXT), fields.text("text", "", LONG_TEXT)));
      case WORK ->
          WorkReader.read(fields).then(message -> new Decoded.Value<>(new Frame.Work(message)));
      case SERVICES -> new Decoded.Value<>(ServiceCodec.services(fields));
      case MCP -> ServiceCodec.mcp(fields);
      default -> Decoded.rejected(Refusal.UNKNOWN_TYPE, "frame \"" + type + "\"");
    };
  }

  private static Decoded<Frame> digest(Fields fields) {
    List<Integer> buckets = fields.integers("buckets", Integer.MIN_VALUE, Integer.MAX_VALUE);
    return buckets.size() == Frame.Digest.BUCKETS
        ? new Decoded.Value<>(new Frame.Digest(buckets))
        : Decoded.rejected(Refusal.SCHEMA, "buckets must be " + Frame.Digest.BUCKETS + " numbers");
  }

  private static Decoded<Frame> lines(List<Rumor> lines, Fields fields) {
    List<Integer> buckets = fields.integers("buckets", 0, Frame.Digest.BUCKETS - 1);
    int parts = (int) fields.whole("parts", 1L, 1, Frame.Lines.PARTS);
    int part = (int) fields.whole("part", (long) parts, 1, parts);
    return buckets.size() <= Frame.Digest.BUCKETS
        ? new Decoded.Value<>(new Frame.Lines(lines, buckets, fields.flag("reply"), part, parts))
        : Decoded.rejected(Refusal.SCHEMA, "more buckets than there are");
  }

  private static List<Frame.KnownMachine> machines(Fields fields) {
    List<Frame.KnownMachine> out = new ArrayList<>();
    for (Map<String, @Nullable Object> entry : fields.objects("machines", Frame.Machines.LIMIT)) {
      Fields one = new Fields(entry);
      Frame.KnownMachine machine =
          new Frame.KnownMachine(
              one.text("id", TEXT),
              one.textOrNull("instance", 32),
              one.text("host", TEXT),
              (int) one.whole("port", null, 1, 65_535));
      if (one.problem() == null) {
        out.add(machine);
      }
    }
    return out;
  }

  /** Writes a frame; the number of the old form is not written. */
  public static String encode(NumberedFrame numbered) {
    if (numbered.frame() instanceof Frame.Work(WorkMessage message)) {
      return WorkWriter.write(WORK, numbered.number(), numbered.reply(), message);
    }
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    String type =
        switch (numbered.frame()) {
          case Frame.Legacy _, Frame.Work _ -> "";
          case Frame.Services services -> {
            ServiceCodec.encode(services, out);
            yield SERVICES;
          }
          case Frame.Mcp(McpMessage message) -> {
            ServiceCodec.encode(message, out);
            yield MCP;
          }
          case Frame.Rumors rumors -> {
            out.put("rumors", RumorCodec.encode(rumors.rumors()));
            yield RUMORS;
          }
          case Frame.Digest digest -> {
            out.put("buckets", digest.buckets());
            yield DIGEST;
          }
          case Frame.Lines lines -> {
            encode(lines, out);
            yield LINES;
          }
          case Frame.Pulse pulse -> {
            MachineChangeCodec.encode(pulse.change(), out);
            yield "pulse";
          }
          case Frame.Heartbeat heartbeat -> {
            out.put("machine_info", MachineInfoCodec.encode(heartbeat.info()));
            yield "heartbeat";
          }
          case Frame.AskMachines ask -> "ask_machines";
          case Frame.Machines machines -> {
            out.put("machines", machines.machines().stream().map(FrameCodec::machine).toList());
            yield "machines";
          }
          case Frame.ServiceQuery query -> {
            out.put("service_name", query.serviceName());
            yield "service_query";
          }
          case Frame.ServiceLocation location -> {
            out.put("service_name", location.serviceName());
            out.put("location", location.location());
            yield "service_location";
          }
          case Frame.Status status -> {
            out.put("payload", status.payload());
            yield "status";
          }
          case Frame.Goodbye goodbye -> "goodbye";
          case Frame.Problem problem -> {
            out.put("code", problem.code());
            out.put("text", problem.text());
            yield "problem";
          }
        };
    if (numbered.frame() instanceof Frame.Legacy(Envelope envelope)) {
      return EnvelopeCodec.encode(envelope);
    }
    Map<String, @Nullable Object> head = new LinkedHashMap<>();
    head.put(TYPE, type);
    head.put(NUMBER, numbered.number());
    if (numbered.reply() != null) {
      head.put(REPLY, numbered.reply());
    }
    head.putAll(out);
    return JsonText.write(head);
  }

  private static void encode(Frame.Lines lines, Map<String, @Nullable Object> out) {
    out.put("lines", RumorCodec.encode(lines.lines()));
    if (!lines.buckets().isEmpty()) {
      out.put("buckets", lines.buckets());
    }
    if (lines.reply()) {
      out.put("reply", true);
    }
    if (lines.parts() > 1) {
      out.put("part", lines.part());
      out.put("parts", lines.parts());
    }
  }

  private static Map<String, @Nullable Object> machine(Frame.KnownMachine machine) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("id", machine.id());
    out.put("instance", machine.instance());
    out.put("host", machine.host());
    out.put("port", machine.port());
    return out;
  }
}

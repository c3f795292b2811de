package dev.caelum.e2e.oldnode;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The old node's WebSocket server: answers what the capture shows to be answered, is silent on the
 * rest, pings every 20 s and hangs up 20 s after a ping without a pong.
 */
final class OldLinks implements AutoCloseable {
  private static final Duration PING = Duration.ofSeconds(20);
  private static final Duration HEARTBEAT = Duration.ofSeconds(30);
  private static final Duration WORK = Duration.ofMillis(200);

  private final OldMachine self;
  private final int port;
  private final Optional<String> page;
  private final Ledger ledger;
  private final Acquaintances machines;
  private final Set<WsConnection> links = ConcurrentHashMap.newKeySet();
  private final boolean mute;
  private final ServerSocket server;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  /**
   * @param page what a plain GET is answered with; an old dashboard has one
   * @param mute whether it takes on no task, whatever services it names
   */
  OldLinks(
      OldMachine self,
      int port,
      Optional<String> page,
      boolean mute,
      Ledger ledger,
      Acquaintances machines)
      throws IOException {
    this.mute = mute;
    this.self = self;
    this.port = port;
    this.page = page;
    this.ledger = ledger;
    this.machines = machines;
    server = new ServerSocket();
  }

  void start() throws IOException {
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress("0.0.0.0", port));
    Thread.ofVirtual().name("accept").start(this::accept);
    var _ =
        clock.scheduleAtFixedRate(
            this::keepAlive, PING.toSeconds(), PING.toSeconds(), TimeUnit.SECONDS);
    var _ =
        clock.scheduleAtFixedRate(
            this::heartbeat, HEARTBEAT.toSeconds(), HEARTBEAT.toSeconds(), TimeUnit.SECONDS);
  }

  int open() {
    return links.size();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (WsConnection link = new WsConnection(socket)) {
      ledger.received("tcp");
      if (!link.upgrade(page)) {
        ledger.received("http");
        return;
      }
      ledger.received("link");
      links.add(link);
      try {
        for (var text = link.read(); text.isPresent(); text = link.read()) {
          Optional<JsonObject> answer = handle(text.get(), link.source());
          if (answer.isPresent()) {
            link.sendText(answer.get().toString());
          }
        }
      } finally {
        links.remove(link);
        ledger.received("link_end");
      }
    } catch (IOException _) {
      ledger.received("link_cut");
    }
  }

  /** What the old node answers to one frame; empty for its silence. */
  Optional<JsonObject> handle(String text, String source) {
    Optional<JsonObject> parsed = OldWire.parse(text);
    if (parsed.isEmpty()) {
      ledger.dropped("envelope: no JSON object", source, text);
      return Optional.empty();
    }
    JsonObject envelope = parsed.get();
    Optional<String> fault = OldWire.ENVELOPE.fault(envelope);
    if (fault.isPresent()) {
      ledger.dropped(fault.get(), source, text);
      return Optional.empty();
    }
    String type = envelope.getString("message_type");
    ledger.received(type);
    String from = envelope.getString("source_machine");
    String id = envelope.getString("message_id");
    JsonObject payload = envelope.getJsonObject("payload");
    return switch (type) {
      case "machine_register" -> {
        Optional<String> wrong = register(payload);
        if (wrong.isPresent()) {
          ledger.dropped(wrong.get(), source, text);
          yield Optional.empty();
        }
        yield Optional.of(self.envelope("machine_update", info().build(), from, ""));
      }
      case "machine_heartbeat" -> {
        if (payload.containsKey("machine_info")) {
          register(payload).ifPresent(wrong -> ledger.dropped(wrong, source, text));
        } else if (!machines.heartbeat(from)) {
          ledger.unanswered("heartbeat of a machine that never registered");
        }
        yield Optional.empty();
      }
      case "machine_discover" ->
          Optional.of(
              self.envelope(
                  "machine_update",
                  info().add("discovered_machines", machines.infos()).build(),
                  from,
                  id));
      case "ping" ->
          Optional.of(
              self.envelope(
                  "pong",
                  Json.createObjectBuilder().add("timestamp", OldWire.now()).build(),
                  from,
                  id));
      case "service_query" -> serviceQuery(payload, from, id);
      case "task_distribute" -> distribute(payload, source, text, from, id);
      case "task_assign", "task_progress", "task_complete", "task_failed" -> {
        // It has no handler for them; what it would have read is evidence for the test.
        ledger.task(envelope);
        ledger.unanswered(type);
        yield Optional.empty();
      }
      default -> {
        ledger.unanswered(type);
        yield Optional.empty();
      }
    };
  }

  private jakarta.json.JsonObjectBuilder info() {
    return Json.createObjectBuilder().add("machine_info", self.info());
  }

  private Optional<String> register(JsonObject payload) {
    if (!(payload.get("machine_info") instanceof JsonObject info)) {
      return Optional.of("payload: no machine_info");
    }
    Optional<String> fault = OldWire.MACHINE_INFO.fault(info);
    if (fault.isEmpty()) {
      machines.registered(info);
    }
    return fault;
  }

  /** A query for a known service crashes inside the old node; only an unknown one is answered. */
  private Optional<JsonObject> serviceQuery(JsonObject payload, String from, String id) {
    JsonValue name = payload.getOrDefault("service_name", JsonValue.NULL);
    if (name instanceof JsonString text && self.services().contains(text.getString())) {
      ledger.unanswered("service_query of a known service");
      return Optional.empty();
    }
    JsonObject answer =
        Json.createObjectBuilder().add("service_name", name).addNull("location").build();
    return Optional.of(self.envelope("service_response", answer, from, id));
  }

  /** Runs it when one of its services is asked for, else is silent; it never refuses. */
  private Optional<JsonObject> distribute(
      JsonObject payload, String source, String text, String from, String id) {
    if (!(payload.get("task") instanceof JsonObject task)) {
      ledger.dropped("payload: no task", source, text);
      return Optional.empty();
    }
    Optional<String> fault = OldWire.TASK.fault(task);
    if (fault.isPresent()) {
      ledger.dropped(fault.get(), source, text);
      return Optional.empty();
    }
    String wireId = task.getString("task_id");
    ledger.given(wireId);
    if (mute || !self.services().contains(task.getString("service_name"))) {
      ledger.unanswered("task_distribute");
      return Optional.empty();
    }
    var _ =
        clock.schedule(
            () -> broadcast("task_complete", one("task_id", wireId)),
            WORK.toMillis(),
            TimeUnit.MILLISECONDS);
    JsonObject assigned =
        Json.createObjectBuilder(one("task_id", wireId))
            .add("status", "assigned")
            .add("estimated_completion", OldWire.now())
            .build();
    return Optional.of(self.envelope("task_assign", assigned, from, id));
  }

  private static JsonObject one(String key, String value) {
    return Json.createObjectBuilder().add(key, value).build();
  }

  /** Gives a task to all that are linked, as an old node does. */
  void give(JsonObject task) {
    broadcast("task_distribute", Json.createObjectBuilder().add("task", task).build());
  }

  private void keepAlive() {
    for (WsConnection link : links) {
      try {
        long silent = System.nanoTime() - link.lastPongNanos();
        if (silent > PING.plus(PING).toNanos()) {
          ledger.received("pong_timeout");
          link.closeForMissingPong();
        } else {
          link.ping();
        }
      } catch (IOException _) {
        ledger.received("send_failed");
      }
    }
  }

  private void heartbeat() {
    broadcast("machine_heartbeat", info().build());
  }

  private void broadcast(String type, JsonObject payload) {
    String text = self.envelope(type, payload, "", "").toString();
    for (WsConnection link : links) {
      try {
        link.sendText(text);
      } catch (IOException _) {
        ledger.received("send_failed");
      }
    }
  }

  @Override
  public void close() throws IOException {
    clock.shutdownNow();
    server.close();
    for (WsConnection link : links) {
      link.close();
    }
  }
}

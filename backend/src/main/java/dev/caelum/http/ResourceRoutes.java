package dev.caelum.http;

import dev.caelum.task.ResourceNeed;
import dev.caelum.work.Reservations;
import dev.caelum.work.Reservations.Answer;
import dev.caelum.work.Reservations.Reservation;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What this machine has, what of it is reserved, and reserving it. */
final class ResourceRoutes {
  private static final String RESOURCES = HttpApi.BASE + "/resources";
  private static final String ONE = RESOURCES + "/reservations/{id}";
  private static final double DEFAULT_SECONDS = 300;

  private final Reservations reservations;

  ResourceRoutes(Reservations reservations) {
    this.reservations = reservations;
  }

  /** So much of everything. */
  public record AmountView(double cores, double memoryGib, int gpus) {
    static AmountView of(ResourceNeed need) {
      return new AmountView(need.cores(), need.memoryGib(), need.gpus());
    }
  }

  /** One reservation; {@code endsAt} by this machine's clock. */
  public record ReservationView(
      String id, String owner, AmountView resources, double leftSeconds, String endsAt) {
    static ReservationView of(Reservation each) {
      double left = Math.max(0, each.left().toMillis()) / 1_000.0;
      return new ReservationView(
          each.id(),
          each.owner(),
          AmountView.of(each.need()),
          left,
          Instant.now().plus(each.left()).toString());
    }
  }

  /** All of it; {@code running} is how many tasks take some of it now. */
  public record ResourcesView(
      AmountView capacity, AmountView free, int running, List<ReservationView> reservations) {}

  void register(Routes routes) {
    routes.get(RESOURCES, _ -> Reply.ok(all()));
    routes.post(RESOURCES + "/reservations", this::reserve);
    routes.post(ONE + "/renew", this::renew);
    routes.delete(ONE, this::release);
  }

  private ResourcesView all() {
    return new ResourcesView(
        AmountView.of(reservations.capacity()),
        AmountView.of(reservations.free()),
        reservations.running(),
        reservations.list().stream().map(ReservationView::of).toList());
  }

  private Reply reserve(ServerRequest request) throws IOException {
    JsonObject body = Bodies.json(request);
    ResourceNeed need = need(body);
    Answer answer = reservations.request(owner(body, request), need, time(body));
    return switch (answer) {
      case Answer.Granted(Reservation granted) -> Reply.of(201, ReservationView.of(granted));
      case Answer.Refused(String code, String text) -> {
        int status = code.equals("nothing") || code.equals("time") ? 400 : 409;
        throw Problem.of(status, code, text).refused();
      }
    };
  }

  private Reply renew(ServerRequest request) throws IOException {
    Duration time = time(Bodies.json(request));
    if (time.compareTo(Reservations.SHORTEST) < 0 || time.compareTo(Reservations.LONGEST) > 0) {
      throw Problem.of(400, "time", "A reservation lasts 1 s to 24 h.").refused();
    }
    return one(reservations.renew(id(request), time), request);
  }

  private Reply release(ServerRequest request) {
    return one(reservations.release(id(request)), request);
  }

  private static Reply one(@Nullable Reservation reservation, ServerRequest request) {
    if (reservation == null) {
      throw Problem.of(
              404, "no_reservation", "No reservation " + id(request) + " holds; it may have ended.")
          .refused();
    }
    return Reply.ok(ReservationView.of(reservation));
  }

  private static String id(ServerRequest request) {
    return request.path().pathParameters().get("id");
  }

  private static String owner(JsonObject body, ServerRequest request) {
    if (body.get("owner") instanceof JsonString) {
      return Bodies.text(body, "owner", 64);
    }
    return request.headers().contains(HeaderNames.X_FORWARDED_FOR)
        ? "a proxy"
        : request.remotePeer().host();
  }

  private static Duration time(JsonObject body) {
    return Duration.ofMillis((long) (number(body, "seconds", DEFAULT_SECONDS) * 1_000));
  }

  private static ResourceNeed need(JsonObject body) {
    double gpus = number(body, "gpus", 0);
    try {
      return new ResourceNeed(
          number(body, "cores", 0), number(body, "memory_gib", 0), (int) Math.min(gpus, 2_000));
    } catch (IllegalArgumentException e) {
      throw Json.bad("cores, memory_gib and gpus must be 0 or more, within reason.").refused();
    }
  }

  private static double number(JsonObject body, String key, double otherwise) {
    JsonValue value = body.get(key);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof JsonNumber number) {
      double amount = number.doubleValue();
      if (amount >= 0 && amount <= 1e6) {
        return amount;
      }
    }
    throw Json.bad(key + " must be a number, 0 or more.").refused();
  }
}

package dev.caelum.http;

import dev.caelum.cluster.Member;
import dev.caelum.cluster.MemberState;
import dev.caelum.feed.DisplayText;
import io.helidon.webserver.http.ServerRequest;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an operator does with one machine: note, disconnect, test, forget, remember. */
final class OperatorRoutes {
  private static final Set<String> KEYS = Set.of("name", "note", "tags", "ignored");

  private final OperatorPort operator;
  private final Function<ServerRequest, Member> find;
  private final Function<Member, MachineView> view;

  OperatorRoutes(
      OperatorPort operator,
      Function<ServerRequest, Member> find,
      Function<Member, MachineView> view) {
    this.operator = operator;
    this.find = find;
    this.view = view;
  }

  /** What became of a wish. */
  public record DoneView(String key, String text, @Nullable Integer undoSeconds) {}

  /** What a test showed. */
  public record TestView(String key, boolean success, String text, List<CheckView> checks) {}

  /** One thing that was tried. */
  public record CheckView(
      String check,
      boolean ok,
      @Nullable String code,
      @Nullable Double ms,
      String text,
      @Nullable String hint) {}

  void register(Routes routes) {
    String machine = HttpApi.BASE + "/machines/{id}";
    routes.put(machine + "/notes", this::note);
    routes.post(machine + "/disconnect", request -> Reply.ok(disconnect(other(request))));
    routes.post(machine + "/test", request -> Reply.ok(test(other(request))));
    routes.post(machine + "/forget", request -> Reply.ok(forget(other(request))));
    routes.post(machine + "/remember", request -> Reply.ok(remember(request)));
  }

  private Member other(ServerRequest request) {
    Member member = find.apply(request);
    if (member.self()) {
      throw Problem.of(409, "self", "That is the machine that this node runs on.").refused();
    }
    return member;
  }

  private Reply note(ServerRequest request) throws IOException {
    Member member = find.apply(request);
    JsonObject body = Bodies.json(request);
    if (body.isEmpty() || !KEYS.containsAll(body.keySet())) {
      throw Json.bad("The body has at least one of name, note, tags and ignored, and nothing else.")
          .refused();
    }
    MachineNote was = operator.note(member.id());
    MachineNote next =
        new MachineNote(
            body.containsKey("name")
                ? text(body, "name", MachineNote.NAME_LIMIT, false)
                : was.name(),
            body.containsKey("note")
                ? text(body, "note", MachineNote.NOTE_LIMIT, true)
                : was.note(),
            body.containsKey("tags") ? tags(body.get("tags")) : was.tags(),
            body.containsKey("ignored") ? flag(body.get("ignored")) : was.ignored());
    try {
      if (!operator.note(member.id(), next)) {
        throw Problem.of(409, "too_many_notes", "This node keeps notes of 4,096 machines at most.")
            .hint("Clear the notes of machines that are gone.")
            .refused();
      }
    } catch (IOException e) {
      throw Problem.of(503, "note_unwritten", "Nothing was changed: " + e.getMessage()).refused();
    }
    return Reply.ok(view.apply(member));
  }

  /** Empty for null, so that what was said can be taken back. */
  private static String text(JsonObject body, String key, int max, boolean lines) {
    JsonValue value = body.get(key);
    if (JsonValue.NULL.equals(value)) {
      return "";
    }
    if (value instanceof JsonString string) {
      String text = string.getString().strip();
      if (text.length() <= max && clean(text, lines)) {
        return text;
      }
    }
    throw Json.bad(
            key + " must be a text of at most " + max + " characters, without control characters.")
        .refused();
  }

  private static boolean clean(String text, boolean lines) {
    return text.chars().noneMatch(c -> Character.isISOControl(c) && !(lines && c == '\n'));
  }

  private static List<String> tags(@Nullable JsonValue value) {
    if (JsonValue.NULL.equals(value)) {
      return List.of();
    }
    Set<String> tags = new LinkedHashSet<>();
    if (value instanceof JsonArray array && array.size() <= MachineNote.TAGS_LIMIT) {
      for (JsonValue each : array) {
        String tag = each instanceof JsonString string ? string.getString().strip() : "";
        if (tag.isEmpty()
            || tag.length() > MachineNote.TAG_LIMIT
            || tag.indexOf(',') >= 0
            || !clean(tag, false)) {
          throw badTags().refused();
        }
        tags.add(tag);
      }
      return List.copyOf(tags);
    }
    throw badTags().refused();
  }

  private static Problem badTags() {
    return Json.bad("tags must be at most 16 texts of 1 to 32 characters without commas.");
  }

  private static boolean flag(@Nullable JsonValue value) {
    if (JsonValue.TRUE.equals(value) || JsonValue.FALSE.equals(value)) {
      return JsonValue.TRUE.equals(value);
    }
    throw Json.bad("ignored must be true or false.").refused();
  }

  private DoneView disconnect(Member member) {
    operator.disconnect(member);
    return new DoneView(
        member.key(),
        DisplayText.name(member.hostname())
            + (member.connected() ? " is disconnected." : " is not dialled any more.")
            + " This node dials it again only when asked to connect it; it may still dial this"
            + " node.",
        null);
  }

  private TestView test(Member member) {
    List<OperatorPort.Check> checks = operator.test(member);
    boolean success = checks.stream().allMatch(OperatorPort.Check::ok);
    return new TestView(
        member.key(),
        success,
        DisplayText.name(member.hostname())
            + (success ? " can be reached." : " cannot be reached as it should be."),
        checks.stream()
            .map(check ->
                new CheckView(
                    check.check(),
                    check.ok(),
                    check.code() == null ? null : check.code().code(),
                    check.ms(),
                    check.text(),
                    check.hint()))
            .toList());
  }

  private DoneView forget(Member member) {
    if (member.state() != MemberState.DEAD && member.state() != MemberState.LEFT) {
      throw Problem.of(
              409,
              "not_gone",
              DisplayText.name(member.hostname())
                  + " is not gone: it would be found again at once. Only dead machines and those"
                  + " that left can be forgotten.")
          .hint("Ignore it instead.")
          .refused();
    }
    operator.forget(member);
    return new DoneView(
        member.key(),
        DisplayText.name(member.hostname()) + " and its address are forgotten.",
        OperatorPort.UNDO_SECONDS);
  }

  private DoneView remember(ServerRequest request) {
    String key = request.path().pathParameters().get("id");
    if (!operator.remember(key)) {
      throw Problem.of(404, "unknown_machine", "No machine of that key was forgotten lately.")
          .refused();
    }
    return new DoneView(key, "It is remembered again.", null);
  }
}

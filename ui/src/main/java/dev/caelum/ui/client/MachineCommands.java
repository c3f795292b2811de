package dev.caelum.ui.client;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an operator does with one machine. Every method blocks until the node answered. */
public final class MachineCommands {
  private static final JsonProvider JSON = JsonProvider.provider();

  private final NodeHttp http;

  MachineCommands(NodeHttp http) {
    this.http = http;
  }

  /**
   * What a test showed.
   *
   * @param lines one for each thing that was tried; empty when the node refused
   */
  public record Tested(Answer answer, String text, List<Line> lines) {}

  /** One thing that was tried, in the node's words. */
  public record Line(boolean ok, String text, @Nullable String hint) {}

  /** Says what a machine is called here, what is to know of it, and its tags. */
  public Answer say(String caller, String key, String name, String note, List<String> tags) {
    JsonArrayBuilder list = JSON.createArrayBuilder();
    tags.forEach(list::add);
    return say(
        caller,
        key,
        JSON.createObjectBuilder().add("name", name).add("note", note).add("tags", list));
  }

  /** Gives a machine these tags, and no other. */
  public Answer tag(String caller, String key, List<String> tags) {
    JsonArrayBuilder list = JSON.createArrayBuilder();
    tags.forEach(list::add);
    return say(caller, key, JSON.createObjectBuilder().add("tags", list));
  }

  /** Whether a machine asks for attention. */
  public Answer ignore(String caller, String key, boolean ignored) {
    return say(caller, key, JSON.createObjectBuilder().add("ignored", ignored));
  }

  private Answer say(String caller, String key, JsonObjectBuilder body) {
    return http.command(caller, "PUT", path(key, "notes"), body.build().toString());
  }

  /** Ends the link. */
  public Answer disconnect(String caller, String key) {
    return http.command(caller, "POST", path(key, "disconnect"), "");
  }

  /** Takes a machine that is gone out of the table. */
  public Answer forget(String caller, String key) {
    return http.command(caller, "POST", path(key, "forget"), "");
  }

  /** Undoes {@link #forget}. */
  public Answer remember(String caller, String key) {
    return http.command(caller, "POST", path(key, "remember"), "");
  }

  /** Tries the way to a machine. */
  public Tested test(String caller, String key) {
    NodeHttp.Reply reply = http.send(caller, "POST", path(key, "test"), "");
    if (reply == null) {
      return new Tested(Answer.NODE_LOST, "", List.of());
    }
    Fields fields = reply.fields();
    return new Tested(
        reply.answer(),
        fields.text("text", ""),
        fields.list(
            "checks",
            check -> new Line(check.flag("ok"), check.text("text", ""), check.text("hint"))));
  }

  private static String path(String key, String what) {
    return "/api/v1/machines/" + NodeHttp.segment(key) + "/" + what;
  }
}

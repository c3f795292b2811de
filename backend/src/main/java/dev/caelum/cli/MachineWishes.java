package dev.caelum.cli;

import dev.caelum.logging.Printable;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What a person wants done with one machine; at most one thing at a time, but notes together. */
final class MachineWishes {
  @ArgGroup(heading = "What this node alone keeps of NAME:%n", exclusive = false)
  private @Nullable Notes notes;

  @ArgGroup(heading = "What is done with NAME:%n")
  private @Nullable Deed deed;

  static final class Notes {
    @Option(
        names = "--rename",
        paramLabel = "TEXT",
        description = "what it is called here; empty: its host name")
    private @Nullable String name;

    @Option(names = "--note", paramLabel = "TEXT", description = "what is to know of it")
    private @Nullable String note;

    @Option(
        names = "--tag",
        paramLabel = "TAGS",
        split = ",",
        description = "its tags, all of them; empty: none")
    private @Nullable List<String> tags;

    @Option(
        names = "--ignore",
        negatable = true,
        description = "it asks for no attention; --no-ignore: it does again")
    private @Nullable Boolean ignored;
  }

  static final class Deed {
    @Option(names = "--disconnect", description = "end the link until somebody connects it again")
    private boolean disconnect;

    @Option(names = "--test", description = "try the way to it; exit 1 when something is wrong")
    private boolean test;

    @Option(names = "--forget", description = "take it out of the table; it has to be gone")
    private boolean forget;

    @Option(names = "--remember", description = "undo a forget of the last seconds; NAME is a key")
    private boolean remember;
  }

  boolean any() {
    return notes != null || deed != null;
  }

  /** Whether NAME may be none of the table. */
  boolean gone() {
    Deed wish = deed;
    return wish != null && wish.remember;
  }

  /** Does what was wished with the machine of that key; the exit code. */
  int grant(ClientOptions options, String key) throws NotReachable, ApiRefused {
    NodeClient client = options.client();
    String path = "/machines/" + URLEncoder.encode(key, StandardCharsets.UTF_8);
    JsonObject answer = null;
    Notes said = notes;
    if (said != null) {
      answer = client.put(path + "/notes", body(said));
    }
    Deed wish = deed;
    if (wish != null) {
      String what =
          wish.disconnect ? "disconnect" : wish.test ? "test" : wish.forget ? "forget" : "remember";
      answer = client.post(path + "/" + what, JsonText.builder().build());
    }
    if (answer == null) {
      return ExitCode.USAGE;
    }
    if (options.json()) {
      options.out().println(JsonText.safe(answer));
    } else {
      print(answer, options);
    }
    return wish != null && wish.test && !JsonText.flag(answer, "success")
        ? ExitCode.FAILED
        : ExitCode.OK;
  }

  private static void print(JsonObject answer, ClientOptions options) {
    String text = JsonText.text(answer, "text");
    options.out().println(text == null ? "Kept." : Printable.of(text));
    for (JsonObject check : JsonText.objects(answer, "checks")) {
      String mark = JsonText.flag(check, "ok") ? "  ok   " : "  bad  ";
      options.out().println(mark + Printable.of(JsonText.text(check, "text")));
      String hint = JsonText.text(check, "hint");
      if (hint != null) {
        options.out().println("       " + Printable.of(hint));
      }
    }
  }

  private static JsonObject body(Notes notes) {
    JsonObjectBuilder body = JsonText.builder();
    if (notes.name != null) {
      body.add("name", notes.name);
    }
    if (notes.note != null) {
      body.add("note", notes.note);
    }
    if (notes.tags != null) {
      JsonArrayBuilder tags = JsonProvider.provider().createArrayBuilder();
      Stream<String> given = notes.tags.stream().map(String::strip);
      given.filter(tag -> !tag.isEmpty()).forEach(tags::add);
      body.add("tags", tags);
    }
    if (notes.ignored != null) {
      body.add("ignored", notes.ignored);
    }
    return body.build();
  }
}

package dev.caelum.mcp;

import dev.caelum.logging.Printable;
import dev.caelum.service.Service;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParsingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the configuration file of an MCP client, as desktop assistants keep it: one JSON object
 * whose {@code mcpServers} has an object for each server, with {@code command} or {@code url}.
 */
final class ClientFile {
  private static final int BYTES = 1 << 20;
  private static final int SERVERS = 128;
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private ClientFile() {}

  /** The file cannot be used; the message is a sentence that quotes nothing of it. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1;

    Unusable(String message) {
      super(message);
    }
  }

  /** The servers that the file names. */
  static List<ConfiguredServer> read(Path file) throws Unusable {
    String name = Printable.of(String.valueOf(file.getFileName()), Service.NAME);
    try (InputStream in = Files.newInputStream(file)) {
      return servers(name, in.readNBytes(BYTES + 1));
    } catch (NoSuchFileException e) {
      throw new Unusable(name + " is not there.");
    } catch (IOException e) {
      throw new Unusable(name + " cannot be read.");
    }
  }

  /** The servers that {@code bytes}, the content of the file of that name, has. */
  static List<ConfiguredServer> servers(String name, byte[] bytes) throws Unusable {
    if (bytes.length > BYTES) {
      throw new Unusable(name + " has more than 1 MiB.");
    }
    JsonObject content;
    try {
      content = parse(new String(bytes, StandardCharsets.UTF_8));
    } catch (JsonParsingException e) {
      // Its own message may quote what stands there.
      throw new Unusable(
          "%s is not JSON at line %d, column %d."
              .formatted(name, e.getLocation().getLineNumber(), e.getLocation().getColumnNumber()));
    } catch (RuntimeException e) {
      // A JsonException, or what the parser throws at nesting without end.
      throw new Unusable(name + " is not a JSON object.");
    }
    JsonValue servers = content.getOrDefault("mcpServers", JsonValue.EMPTY_JSON_OBJECT);
    if (!(servers instanceof JsonObject all)) {
      throw new Unusable("mcpServers of " + name + " is not a JSON object.");
    }
    List<ConfiguredServer> read = new ArrayList<>();
    for (Map.Entry<String, JsonValue> entry : all.entrySet()) {
      if (read.size() < SERVERS && entry.getValue() instanceof JsonObject one) {
        read.add(server(Printable.of(entry.getKey(), Service.NAME), name, one));
      }
    }
    return read;
  }

  private static JsonObject parse(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  private static ConfiguredServer server(String name, String file, JsonObject one) {
    if (!(one.get("url") instanceof JsonString url)) {
      return new ConfiguredServer.Program(name, file);
    }
    try {
      URI address = URI.create(url.getString());
      // Java knows no host where it cannot parse one, as with an underscore.
      String host = address.getHost();
      int port = address.getPort() < 0 ? 80 : address.getPort();
      if ("http".equals(address.getScheme())
          && host != null
          && LOOPBACK.contains(host)
          && port > 0
          && port <= 65_535
          // Two slashes would begin the name of another host when the path is resolved.
          && !address.getRawPath().startsWith("//")) {
        String path = address.getRawPath();
        return new ConfiguredServer.Local(name, file, port, path.isEmpty() ? "/" : path);
      }
    } catch (IllegalArgumentException e) {
      // Told as what it is: no address of this machine.
    }
    return new ConfiguredServer.Elsewhere(name, file);
  }
}

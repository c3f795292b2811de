package dev.caelum.e2e.lan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/** A jar with a handler of tasks, made as a third party makes one: against the packaged node. */
final class HandlerJar {
  private static final String SOURCE = "/handler/Rogue.java";
  private static final String NAME = "rogue.Rogue";

  private HandlerJar() {}

  /** Compiles the handler and packs it. */
  static Path make(Path folder) throws IOException {
    Path source = Files.createDirectories(folder.resolve("rogue")).resolve("Rogue.java");
    try (InputStream in =
        Objects.requireNonNull(HandlerJar.class.getResourceAsStream(SOURCE), SOURCE)) {
      Files.write(source, in.readAllBytes());
    }
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-cp",
                NodeProcess.jar().toString(),
                "-d",
                folder.toString(),
                source.toString());
    assertThat(status).as("the compiler's status").isZero();
    Path jar = folder.resolve("rogue.jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("rogue/Rogue.class"));
      Files.copy(folder.resolve("rogue/Rogue.class"), out);
      out.putNextEntry(new JarEntry("META-INF/services/dev.caelum.work.TaskHandler"));
      out.write(NAME.getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }
}

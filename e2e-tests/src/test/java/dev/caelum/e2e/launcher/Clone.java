package dev.caelum.e2e.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A copy of the launcher in a folder with spaces, on a machine of our making: its home is empty,
 * the {@code java} on its PATH is 17, and the usual folders for JDKs are those that the test fills.
 * A made-up JDK says which one it is and what it was asked to run.
 */
final class Clone {
  private static final Path PROJECT = Path.of(System.getProperty("caelum.root", ".."));

  private final Path base;
  private final Map<String, String> environment = new HashMap<>();

  /** A clone with sources that were never built. */
  static Clone fresh(Path base) throws IOException {
    Clone clone = new Clone(base);
    for (String part : List.of("backend", "ui")) {
      clone.write(part + "/pom.xml", "<project/>");
      clone.write(part + "/src/main/java/Main.java", "class Main {}");
    }
    return clone;
  }

  /** What a package or a container image holds: jars without sources. */
  static Clone installed(Path base) throws IOException {
    Clone clone = new Clone(base);
    clone.write("backend/target/caelum-backend.jar", "");
    clone.write("ui/target/caelum-ui.jar", "");
    return clone;
  }

  private Clone(Path base) throws IOException {
    this.base = base;
    for (String file :
        List.of("caelum", "mvnw", "pom.xml", ".mvn/wrapper/maven-wrapper.properties")) {
      copy(file);
    }
    try (var files = Files.list(PROJECT.resolve("launcher"))) {
      for (Path file : files.toList()) {
        copy("launcher/" + file.getFileName());
      }
    }
    Path old = jdk("old", "17.0.15");
    Files.createDirectories(home());
    environment.put("HOME", home().toString());
    environment.put("PATH", old.resolve("bin") + ":/usr/bin:/bin:/usr/sbin:/sbin");
    environment.put("CAELUM_JDK_FOLDERS", base.resolve("jvm").toString());
  }

  private void copy(String file) throws IOException {
    Path to = root().resolve(file);
    Files.createDirectories(to.getParent());
    Files.copy(PROJECT.resolve(file), to);
  }

  Path root() {
    return base.resolve("a clone");
  }

  Path home() {
    return base.resolve("home");
  }

  /** Sets an environment variable of what is run from now on. */
  Clone with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Puts a file into the clone. */
  Path write(String file, String text) throws IOException {
    Path path = root().resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  /** Puts an executable script into the clone. */
  Path script(String file, String text) throws IOException {
    return executable(write(file, "#!/bin/sh\n" + text));
  }

  /** Makes a JDK in one of the usual folders. */
  Path usualJdk(String version) throws IOException {
    return jdk("jvm/jdk-" + version, version);
  }

  /** Makes a JDK whose java prints its version and arguments; asked to train, it writes a cache. */
  Path jdk(String folder, String version) throws IOException {
    Path home = Files.createDirectories(base.resolve(folder));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Path bin = Files.createDirectories(home.resolve("bin"));
    String java =
        """
        #!/bin/sh
        case "$*" in
          *Train.java*) for cache in "$@"; do :; done; echo trained >"$cache" ;;
          *) echo "java %s"; echo "encoding ${LC_ALL-of the locale}"; for argument in "$@"; do echo "[$argument]"; done ;;
        esac
        """
            .formatted(version);
    for (String name : List.of("java", "javac")) {
      executable(Files.writeString(bin.resolve(name), java));
    }
    return home;
  }

  private static Path executable(Path file) throws IOException {
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Runs the launcher from an unrelated folder, without a terminal, to its end. */
  Running.Ended caelum(String... arguments) throws IOException, InterruptedException {
    return starting(root().resolve("caelum"), arguments).end();
  }

  /** Starts a script of the clone, or a link to one, in the same way. */
  Running starting(Path script, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(base, "out", "");
    Path err = Files.createTempFile(base, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return new Running(builder.start(), out, err);
  }
}

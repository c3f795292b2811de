package dev.caelum.host;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/** The libraries on the class path with their licences, as their own jars tell them. */
public final class Libraries {
  private static final Logger LOG = Logger.getLogger(Libraries.class.getName());
  private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[^/]*)\\.jar");
  private static final Pattern VENDORED =
      Pattern.compile("META-INF/resources/_static/([^/]+)/(\\d[^/]*)/LICENSE");
  private static final Pattern POM = Pattern.compile("META-INF/maven/[^/]+/[^/]+/pom\\.xml");
  private static final Pattern NAMED =
      Pattern.compile("<license>.*?<name>(.*?)</name>", Pattern.DOTALL);
  private static final int TEXT = 4_096;
  private static final String UNKNOWN = "see its file";

  private @Nullable List<Library> read;

  /** All of them by name; read once, which takes about a second. */
  public synchronized List<Library> all() {
    List<Library> known = read;
    if (known == null) {
      known = read(System.getProperty("java.class.path", ""));
      read = known;
    }
    return known;
  }

  static List<Library> read(String classPath) {
    Properties told = told();
    List<Library> found = new ArrayList<>();
    for (String entry : classPath.split(Pattern.quote(File.pathSeparator), -1)) {
      Path path = Path.of(entry);
      if (entry.endsWith(".jar") && Files.isRegularFile(path)) {
        try (JarFile jar = new JarFile(path.toFile(), false)) {
          found.addAll(of(path.getFileName().toString(), jar, told));
          found.addAll(referred(path, jar, told));
        } catch (IOException e) {
          LOG.fine(() -> "Not readable as a library: " + path);
        }
      }
    }
    return found.stream()
        .distinct()
        .sorted(Comparator.comparing(Library::name).thenComparing(Library::version))
        .toList();
  }

  /** The jars that the manifest of {@code jar} puts on the class path. */
  private static List<Library> referred(Path path, JarFile jar, Properties told) {
    List<Library> found = new ArrayList<>();
    for (String each : attribute(jar, "Class-Path").split(" ", -1)) {
      Path other = path.resolveSibling(each);
      if (each.endsWith(".jar") && Files.isRegularFile(other)) {
        try (JarFile referred = new JarFile(other.toFile(), false)) {
          found.addAll(of(other.getFileName().toString(), referred, told));
        } catch (IOException e) {
          LOG.fine(() -> "Not readable as a library: " + other);
        }
      }
    }
    return found;
  }

  private static List<Library> of(String file, JarFile jar, Properties told) {
    List<Library> found = new ArrayList<>();
    jar.stream()
        .map(entry -> VENDORED.matcher(entry.getName()))
        .filter(Matcher::matches)
        .forEach(vendored ->
            found.add(
                new Library(vendored.group(1), vendored.group(2), inText(jar, vendored.group()))));
    Matcher named = JAR.matcher(file);
    if (named.matches() && !named.group(1).startsWith("caelum-")) {
      String name = named.group(1);
      found.add(new Library(name, named.group(2), licence(jar, name, told)));
    }
    return found;
  }

  private static String licence(JarFile jar, String name, Properties told) {
    String known = told.getProperty(name);
    if (known != null) {
      return known;
    }
    String bundle = attribute(jar, "Bundle-License");
    if (!bundle.isEmpty()) {
      return spdx(bundle);
    }
    for (ZipEntry entry : jar.stream().toList()) {
      Matcher licence =
          POM.matcher(entry.getName()).matches() ? NAMED.matcher(text(jar, entry)) : null;
      if (licence != null && licence.find()) {
        return spdx(licence.group(1).strip());
      }
    }
    return Stream.of("META-INF/LICENSE", "META-INF/LICENSE.txt", "LICENSE", "LICENSE.txt")
        .filter(each -> jar.getEntry(each) != null)
        .map(each -> inText(jar, each))
        .findFirst()
        .orElse(UNKNOWN);
  }

  private static String inText(JarFile jar, String entry) {
    String found = spdx(text(jar, jar.getEntry(entry)));
    return found.length() > 40 ? UNKNOWN : found;
  }

  /** The SPDX names of what {@code text} names; {@code text} itself when it names nothing known. */
  static String spdx(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    String names =
        Stream.of(
                name(lower, "Apache-2.0", "apache"),
                name(lower, "EPL-2.0", "epl-2.0", "epl-v20", "eclipse public license"),
                name(lower, "MPL-2.0", "mozilla public"),
                name(lower, "LGPL-2.1", "lgpl"),
                name(lower, "CDDL-1.0", "cddl"),
                name(lower, "GPL-2.0 with Classpath", "classpath", "secondary-gpl-2.0-cp"),
                name(lower, "EDL-1.0", "edl-v10"),
                name(lower, "MIT", "mit license", "/mit", "jsoup.org", "^mit"),
                name(lower, "BSD-2-Clause", "bsd-2-clause"),
                name(lower, "BSD-3-Clause", "bsd-3-clause", "antlr.org"),
                name(lower, "CC0-1.0", "cc0", "publicdomain/zero"))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.joining(" or "));
    return names.isEmpty() ? text : names;
  }

  private static String name(String text, String name, String... signs) {
    for (String sign : signs) {
      boolean found =
          sign.startsWith("^") ? text.startsWith(sign.substring(1)) : text.contains(sign);
      if (found) {
        return name;
      }
    }
    return "";
  }

  private static String attribute(JarFile jar, String name) {
    try {
      Manifest manifest = jar.getManifest();
      String value = manifest == null ? null : manifest.getMainAttributes().getValue(name);
      return value == null ? "" : value;
    } catch (IOException e) {
      return "";
    }
  }

  private static String text(JarFile jar, @Nullable ZipEntry entry) {
    if (entry == null) {
      return "";
    }
    try (InputStream in = jar.getInputStream(entry)) {
      // A pom is read whole, of a licence the head is enough.
      int most = entry.getName().endsWith(".xml") ? 64 * TEXT : TEXT;
      return new String(in.readNBytes(most), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** Of those that say nothing themselves: from their pages. */
  private static Properties told() {
    Properties told = new Properties();
    try (InputStream in = Libraries.class.getResourceAsStream("licences.properties")) {
      if (in != null) {
        told.load(in);
      }
    } catch (IOException e) {
      LOG.fine("The licences of some libraries are not known");
    }
    return told;
  }
}

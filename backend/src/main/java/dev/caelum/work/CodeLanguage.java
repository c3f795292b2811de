package dev.caelum.work;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Languages by the ends of file names. */
final class CodeLanguage {
  private static final Map<String, String> BY_ENDING = new HashMap<>();

  static {
    add("C", "c", "h");
    add("C++", "cc", "cpp", "cxx", "hh", "hpp");
    add("C#", "cs");
    add("CSS", "css", "scss", "less");
    add("Go", "go");
    add("HTML", "html", "htm");
    add("Java", "java");
    add("JavaScript", "js", "jsx", "mjs", "cjs");
    add("Kotlin", "kt", "kts");
    add("PHP", "php");
    add("Python", "py");
    add("Ruby", "rb");
    add("Rust", "rs");
    add("Scala", "scala");
    add("Shell", "sh", "bash");
    add("SQL", "sql");
    add("Swift", "swift");
    add("TypeScript", "ts", "tsx");
    add("XML", "xml", "xsd");
    add("YAML", "yml", "yaml");
  }

  private CodeLanguage() {}

  private static void add(String language, String... endings) {
    for (String ending : endings) {
      BY_ENDING.put(ending, language);
    }
  }

  /** Null when the file is none of code. */
  static @Nullable String of(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? null : BY_ENDING.get(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }
}

package dev.caelum.ui.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every word of the page stands in the files of translations, and every word there is used. */
final class TranslationsTest {
  private static final Path FILES = Path.of("src/main/resources/vaadin-i18n");
  private static final Path SOURCES = Path.of("src/main/java/dev/caelum/ui");
  private static final Path SCRIPTS = Path.of("src/main/resources/META-INF/resources");
  private static final String ENGLISH = "translations.properties";
  private static final String GERMAN = "translations_de.properties";

  /** What the node itself says in English; only other languages have words for it. */
  private static final String NODE = "node.";

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d)");
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
  private static final Pattern KEY = Pattern.compile("[a-z]+(?:\\.[a-z0-9_]+)+\\.?");

  /** A call that puts a literal onto the page; of an element's attributes those that are read. */
  private static final Pattern SHOWN =
      Pattern.compile(
          "(?:\\.set(?:Text|Title|Label|Header|HeaderTitle|Placeholder|HelperText|ErrorMessage"
              + "|TooltipText|SummaryText|AriaLabel|ConfirmText|CancelText|RejectText|EmptyStateText)"
              + "|createText|new (?:Span|Paragraph|H1|H2|H3|H4|Button|TextField|TextArea|NumberField"
              + "|IntegerField|PasswordField|Checkbox|ComboBox(?:<\\w*>)?|Select(?:<\\w*>)?|Details"
              + "|Tab|NativeLabel|ListItem|Notification|SideNavItem|MenuItem)"
              + "|\\.setAttribute\\(\\s*\"(?:title|alt|placeholder|aria-label|aria-valuetext"
              + "|aria-description)\",)\\(?\\s*\"([^\"]*)\"");

  private static final Pattern SHOWN_BY_SCRIPT =
      Pattern.compile(
          "(?:textContent|innerText|title|placeholder|ariaLabel|alt)\\s*=\\s*['\"`]([^'\"`]*)"
              + "|setAttribute\\('(?:title|alt|placeholder|aria-label)',\\s*['\"`]([^'\"`]*)"
              + "|setText\\([^,;]*,\\s*['\"`]([^'\"`]*)");

  /** What the same people write in every language. */
  private static final Set<String> SAMPLES = Set.of("disk=ssd, zone=a", "caelum-code-analysis");

  private static final Pattern WORD = Pattern.compile("\\p{L}{3,}");

  @Test
  void bothLanguagesHaveTheSameKeys() throws IOException {
    Set<String> german = new TreeSet<>(read(GERMAN).keySet());
    german.removeIf(key -> key.startsWith(NODE));
    assertThat(german).containsExactlyElementsOf(read(ENGLISH).keySet());
  }

  @Test
  void bothLanguagesFillInTheSame() throws IOException {
    Map<String, String> german = read(GERMAN);
    read(ENGLISH)
        .forEach((key, text) ->
            assertThat(placeholders(String.valueOf(german.get(key))))
                .as(key)
                .isEqualTo(placeholders(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {ENGLISH, GERMAN})
  void everyTextIsAPatternThatSaysSomething(String file) throws IOException {
    Locale language = file.equals(GERMAN) ? Locale.GERMAN : Locale.ENGLISH;
    read(file)
        .forEach((key, text) -> {
          assertThat(text).as(key).isNotBlank().isEqualTo(text.strip());
          assertThat(text)
              .as("%s: an apostrophe ends what a pattern fills in", key)
              .doesNotContain("'");
          if (PLACEHOLDER.matcher(text).find()) {
            assertThat(new MessageFormat(text, language).toPattern()).as(key).isNotEmpty();
          }
        });
  }

  @Test
  void everyKeyThatTheCodeNamesIsThere() throws IOException {
    Set<String> keys = read(ENGLISH).keySet();
    Set<String> groups = keys.stream().map(TranslationsTest::group).collect(Collectors.toSet());
    for (String literal : literals()) {
      if (KEY.matcher(literal).matches() && groups.contains(group(literal))) {
        assertThat(keys)
            .as("a text for %s", literal)
            .anyMatch(key -> literal.endsWith(".") ? key.startsWith(literal) : key.equals(literal));
      }
    }
  }

  @Test
  void everyKeyIsUsed() throws IOException {
    Set<String> literals = literals();
    Set<String> beginnings =
        literals.stream()
            .filter(literal -> literal.endsWith(".") && KEY.matcher(literal + "x").matches())
            .collect(Collectors.toSet());
    Set<String> all = new TreeSet<>(read(ENGLISH).keySet());
    all.addAll(read(GERMAN).keySet());
    assertThat(all)
        .allMatch(
            key -> literals.contains(key) || beginnings.stream().anyMatch(key::startsWith),
            "is used");
  }

  @Test
  void nothingThatPeopleReadIsWrittenInTheCode() throws IOException {
    for (Path source : files(SOURCES.resolve("view"), ".java")) {
      assertNothingSaid(source, SHOWN);
    }
    for (Path script : files(SCRIPTS, ".js")) {
      assertNothingSaid(script, SHOWN_BY_SCRIPT);
    }
  }

  private static void assertNothingSaid(Path file, Pattern saying) throws IOException {
    List<String> said =
        saying
            .matcher(Files.readString(file))
            .results()
            .map(TranslationsTest::firstGroup)
            .map(text -> text.replaceAll("\\$\\{[^}]*}", ""))
            .filter(text -> WORD.matcher(text).find() && !SAMPLES.contains(text))
            .toList();
    assertThat(said).as("%s", file).isEmpty();
  }

  private static String firstGroup(MatchResult match) {
    for (int i = 1; i <= match.groupCount(); i++) {
      if (match.group(i) != null) {
        return match.group(i);
      }
    }
    return "";
  }

  private static String group(String key) {
    return key.substring(0, key.indexOf('.') < 0 ? key.length() : key.indexOf('.'));
  }

  private static Set<String> placeholders(String text) {
    return PLACEHOLDER.matcher(text).results().map(m -> m.group(1)).collect(Collectors.toSet());
  }

  private static Set<String> literals() throws IOException {
    Set<String> literals = new TreeSet<>();
    for (Path source : files(SOURCES, ".java")) {
      Matcher matcher = LITERAL.matcher(Files.readString(source));
      while (matcher.find()) {
        literals.add(matcher.group(1));
      }
    }
    return literals;
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
      assertThat(found).isNotEmpty();
      return found;
    }
  }

  /** The texts by key; a key that stands there twice fails. */
  private static Map<String, String> read(String file) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    for (String line : Files.readAllLines(FILES.resolve(file))) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int sign = line.indexOf('=');
      assertThat(sign).as(line).isPositive();
      assertThat(texts.put(line.substring(0, sign), line.substring(sign + 1)))
          .as("%s stands twice in %s", line.substring(0, sign), file)
          .isNull();
    }
    return texts;
  }
}

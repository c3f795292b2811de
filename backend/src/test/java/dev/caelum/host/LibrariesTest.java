package dev.caelum.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibrariesTest {
  /** What tests bring along is not shipped, and may be silent. */
  private static final List<String> OF_TESTS =
      List.of("surefire", "junit", "assertj", "awaitility", "archunit", "byte-buddy", "hamcrest");

  @Test
  void everyLibraryThatIsShippedHasAKnownLicence() {
    List<Library> all = Libraries.read(System.getProperty("java.class.path", ""));
    assertThat(all).hasSizeGreaterThan(60);
    assertThat(all)
        .filteredOn(each -> OF_TESTS.stream().noneMatch(each.name()::startsWith))
        .allSatisfy(library ->
            assertThat(library.licence())
                .as(library.toString())
                .matches("(Apache|EPL|MIT|BSD|CC0|EDL|LGPL|GPL|CDDL|MPL).*")
                .hasSizeLessThan(60));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://www.apache.org/licenses/LICENSE-2.0.txt|Apache-2.0",
        "\"MIT License\";link=\"https://www.opensource.org/licenses/mit-license.php\"|MIT",
        "MIT;link=https://x|MIT",
        "https://jsoup.org/license|MIT",
        "BSD-3-Clause;link=https://asm.ow2.io/LICENSE.txt|BSD-3-Clause",
        "https://www.eclipse.org/legal/epl-2.0/, https://www.apache.org/licenses/LICENSE-2.0.txt"
            + "|Apache-2.0 or EPL-2.0",
        "Beerware|Beerware",
      })
  void whatAJarSaysBecomesAName(String said, String name) {
    assertThat(Libraries.spdx(said)).isEqualTo(name);
  }
}

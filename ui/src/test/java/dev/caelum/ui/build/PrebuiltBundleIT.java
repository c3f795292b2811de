package dev.caelum.ui.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/**
 * Guards that the dashboard ships the browser code that Vaadin has prebuilt. Something as small as
 * a {@code @CssImport} makes Vaadin fetch Node.js and hundreds of packages to build its own
 * instead; use {@code @StyleSheet} and {@code @JavaScript("context://...")}.
 */
class PrebuiltBundleIT {
  private static final String PREBUILT = "vaadin-prod-bundle/webapp/VAADIN/build/";
  private static final String SHIPPED = "META-INF/VAADIN/webapp/VAADIN/build/";

  @Test
  void thePackageHoldsVaadinsOwnBundleByteForByte() throws Exception {
    URL prebuilt = getClass().getClassLoader().getResource(PREBUILT);
    assertThat(prebuilt).isNotNull();
    Map<String, Long> expected;
    try (JarFile jar = ((JarURLConnection) prebuilt.openConnection()).getJarFile()) {
      expected = checksums(jar, PREBUILT);
    }
    assertThat(expected).isNotEmpty();
    try (JarFile jar = new JarFile(Path.of("target/caelum-ui.jar").toFile())) {
      Map<String, Long> shipped = checksums(jar, SHIPPED);
      assertThat(union(shipped, expected))
          .filteredOn(file -> !Objects.equals(shipped.get(file), expected.get(file)))
          .as("files that differ from Vaadin's own")
          .isEmpty();
    }
  }

  private static Set<String> union(Map<String, Long> some, Map<String, Long> others) {
    Set<String> all = new TreeSet<>(some.keySet());
    all.addAll(others.keySet());
    return all;
  }

  private static Map<String, Long> checksums(JarFile jar, String folder) {
    return jar.stream()
        .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(folder))
        .collect(
            Collectors.toMap(
                entry -> entry.getName().substring(folder.length()), ZipEntry::getCrc));
  }
}

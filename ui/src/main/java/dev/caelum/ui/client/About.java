package dev.caelum.ui.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the node's program is.
 *
 * @param dataFolder null for visitors on other machines
 * @param dataFreeBytes what is free there
 */
public record About(
    String version,
    String licence,
    String java,
    String javaVendor,
    String system,
    long pid,
    @Nullable Instant startedAt,
    @Nullable String dataFolder,
    @Nullable Double dataFreeBytes,
    List<Library> libraries) {

  /** Somebody else's work in it. */
  public record Library(String name, String version, String licence) {}

  static About read(Fields f) {
    return new About(
        f.text("version", ""),
        f.text("licence", ""),
        f.text("java", ""),
        f.text("java_vendor", ""),
        f.text("system", ""),
        f.count("pid"),
        f.instant("started_at"),
        f.text("data_folder"),
        f.number("data_free_bytes"),
        f.list(
            "libraries",
            each ->
                new Library(
                    each.text("name", ""), each.text("version", ""), each.text("licence", ""))));
  }
}

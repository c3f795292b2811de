package dev.caelum.work;

import dev.caelum.work.CodeReport.Duplicate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.sourceforge.pmd.cpd.CPDConfiguration;
import net.sourceforge.pmd.cpd.CpdAnalysis;
import net.sourceforge.pmd.cpd.Mark;
import net.sourceforge.pmd.cpd.Match;
import net.sourceforge.pmd.lang.Language;
import net.sourceforge.pmd.lang.LanguageRegistry;
import net.sourceforge.pmd.lang.PlainTextLanguage;

/** Finds code that stands at several places, with PMD's CPD; words and signs of any language. */
final class CodeDuplicates {
  private static final int TOKENS = 100;
  private static final int PLACES = 10;

  private CodeDuplicates() {}

  /** The largest duplicates among {@code files}, told relative to {@code root}. */
  static List<Duplicate> among(List<Path> files, Path root) {
    Logger.getLogger("net.sourceforge.pmd").setLevel(Level.OFF);
    Language plain = PlainTextLanguage.getInstance();
    CPDConfiguration configuration = new CPDConfiguration(LanguageRegistry.singleton(plain));
    configuration.setMinimumTileSize(TOKENS);
    configuration.setOnlyRecognizeLanguage(plain);
    configuration.setSkipDuplicates(false);
    List<Duplicate> out = new ArrayList<>();
    try (CpdAnalysis analysis = CpdAnalysis.create(configuration)) {
      files.forEach(file -> analysis.files().addFile(file, plain));
      analysis.performAnalysis(report -> {
        for (Match match : report.getMatches()) {
          if (out.size() == CodeReport.NAMED) {
            return;
          }
          List<String> places = new ArrayList<>();
          for (Mark mark : match) {
            if (places.size() < PLACES) {
              Path file = Path.of(mark.getLocation().getFileId().getAbsolutePath());
              places.add(root.relativize(file) + ":" + mark.getLocation().getStartLine());
            }
          }
          out.add(new Duplicate(match.getLineCount(), match.getTokenCount(), places));
        }
      });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out;
  }
}

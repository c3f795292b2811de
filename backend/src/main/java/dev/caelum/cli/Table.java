package dev.caelum.cli;

import dev.caelum.logging.Printable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows under headings, columns aligned; every cell is made safe for a terminal. */
final class Table {
  private static final int MAX_CELL = 60;
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  Table(String... headings) {
    rows.add(List.of(headings));
  }

  /** Adds a row; an unknown (null) or empty cell is shown as {@code -}. */
  void row(@Nullable String... cells) {
    rows.add(
        Arrays.stream(cells)
            .map(cell -> cell == null || cell.isEmpty() ? "-" : Printable.of(cell, MAX_CELL))
            .toList());
  }

  /** Whether there are headings alone. */
  boolean isEmpty() {
    return rows.size() == 1;
  }

  void print(PrintWriter out) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String cell = row.get(i);
        line.append(cell);
        if (i < columns - 1) {
          line.repeat(' ', widths[i] - width(cell)).append(GAP);
        }
      }
      out.println(line);
    }
  }

  /** How many columns of a terminal {@code text} takes. */
  static int width(String text) {
    return text.codePoints().map(Table::width).sum();
  }

  private static int width(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(c) ? 2 : 1;
    };
  }

  /** East Asian wide and emoji blocks of Unicode's EastAsianWidth.txt, coarsely. */
  private static boolean isWide(int c) {
    return (c >= 0x1100 && c <= 0x115F)
        || (c >= 0x2E80 && c <= 0xA4CF)
        || (c >= 0xAC00 && c <= 0xD7A3)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0xFE30 && c <= 0xFE6F)
        || (c >= 0xFF00 && c <= 0xFF60)
        || (c >= 0x1F300 && c <= 0x1FAFF)
        || (c >= 0x20000 && c <= 0x3FFFD);
  }
}

package dev.caelum.ui.client;

import java.util.List;

/**
 * Which machines could run a task, and what the others lack.
 *
 * @param wouldRunIf a sentence; empty when a machine could
 * @param machines those that come closest first
 */
public record Placement(boolean possible, String wouldRunIf, List<Row> machines) {

  /**
   * One machine.
   *
   * @param possible whether only other work stands in the way, if anything
   * @param free whether it could begin at once
   */
  public record Row(String name, boolean possible, boolean free, List<Check> checks) {}

  /**
   * One requirement.
   *
   * @param verdict {@code passed}, {@code waits} or {@code failed}
   */
  public record Check(String requirement, String verdict, String detail) {}

  static Placement read(Fields f) {
    return new Placement(
        f.flag("possible"), f.text("would_run_if", ""), f.list("machines", Placement::readRow));
  }

  private static Row readRow(Fields f) {
    return new Row(
        f.text("name", f.text("key", "")),
        f.flag("possible"),
        f.flag("free"),
        f.list(
            "checks",
            c ->
                new Check(c.text("requirement", ""), c.text("verdict", ""), c.text("detail", ""))));
  }
}

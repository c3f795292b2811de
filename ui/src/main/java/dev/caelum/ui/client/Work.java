package dev.caelum.ui.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is reserved on the node's machine, and the analyses of code that this node was asked for.
 *
 * @param capacity what the machine has
 * @param free what of it is not reserved, and taken by no task
 * @param analyses newest first
 */
public record Work(
    Amount capacity, Amount free, List<Reservation> reservations, List<Analysis> analyses) {
  public Work {
    reservations = List.copyOf(reservations);
    analyses = List.copyOf(analyses);
  }

  /** So much of everything. */
  public record Amount(double cores, double memoryGib, long gpus) {
    static Amount read(Fields f) {
      Double cores = f.number("cores");
      Double memory = f.number("memory_gib");
      return new Amount(cores == null ? 0 : cores, memory == null ? 0 : memory, f.count("gpus"));
    }
  }

  /** One reservation; {@code ends} by the node's clock. */
  public record Reservation(String id, String owner, Amount what, @Nullable Instant ends) {
    static Reservation read(Fields f) {
      return new Reservation(
          f.text("id", ""),
          f.text("owner", ""),
          Amount.read(f.at("resources")),
          f.instant("ends_at"));
    }
  }

  /**
   * One analysis.
   *
   * @param status as the API calls it
   * @param percent 0 to 100
   * @param chunks 0 while it is planned
   */
  public record Analysis(
      String id,
      String root,
      String status,
      long percent,
      long chunks,
      long done,
      List<Share> shares,
      @Nullable Instant started,
      List<String> problems) {
    public Analysis {
      shares = List.copyOf(shares);
      problems = List.copyOf(problems);
    }

    /** Whether nothing more happens by itself. */
    public boolean over() {
      return !status.equals("planning") && !status.equals("running");
    }

    static Analysis read(Fields f) {
      return new Analysis(
          f.text("session_id", ""),
          f.text("source_path", ""),
          f.text("status", ""),
          f.count("completion_percentage"),
          f.count("chunks_total"),
          f.count("chunks_completed"),
          f.list("chunks_by_machine", Share::read),
          f.instant("start_time"),
          f.texts("problems"));
    }
  }

  /** What one machine has of an analysis: chunks. */
  public record Share(String machine, long done, long running) {
    static Share read(Fields f) {
      return new Share(f.text("machine", ""), f.count("done"), f.count("running"));
    }
  }

  static Work read(Fields resources, Fields sessions) {
    return new Work(
        Amount.read(resources.at("capacity")),
        Amount.read(resources.at("free")),
        resources.list("reservations", Reservation::read),
        sessions.list("active_sessions", Analysis::read));
  }
}

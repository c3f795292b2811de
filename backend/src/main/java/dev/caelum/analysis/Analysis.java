package dev.caelum.analysis;

import dev.caelum.work.CodeReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One analysis as it is now.
 *
 * @param id of the group of its tasks
 * @param root the folder
 * @param percent of its chunks, finished ones and what the others told; 0 to 100
 * @param chunks how many there are; 0 while it is planned
 * @param done how many of them are done
 * @param shares who has or had one of its tasks
 * @param startedAt milliseconds since 1970
 * @param changedAt likewise, of the last change: its end when it is over
 * @param report the sum of the chunks that are done; null when there is none, or nobody asked
 * @param problems why tasks of it failed
 */
public record Analysis(
    String id,
    String root,
    State state,
    int percent,
    int chunks,
    int done,
    List<Share> shares,
    long startedAt,
    long changedAt,
    @Nullable CodeReport report,
    List<String> problems) {
  /**
   * What one machine has of it.
   *
   * @param machine its key
   * @param done chunks that it finished
   * @param running chunks that it has now
   */
  public record Share(String machine, int done, int running) {}

  /** How far it is. */
  public enum State {
    /** A machine looks what there is to do. */
    PLANNING,
    /** Its chunks wait or run. */
    RUNNING,
    /** All chunks are done. */
    DONE,
    /** A task of it failed; what is done counts, and the task can be run again. */
    FAILED,
    /** It was called off. */
    CANCELLED;

    /** Whether nothing more happens by itself. */
    public boolean over() {
      return this == DONE || this == FAILED || this == CANCELLED;
    }
  }

  public Analysis {
    shares = List.copyOf(shares);
    problems = List.copyOf(problems);
  }
}

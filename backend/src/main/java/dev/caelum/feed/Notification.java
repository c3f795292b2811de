package dev.caelum.feed;

import java.time.Instant;
import java.util.List;

/**
 * Something that a person should hear of: what happened together is one of them.
 *
 * @param number grows by one from 1 with each of this start of the node
 * @param instance of the node that noticed it
 * @param time never before that of an earlier one
 * @param code what happened, stable, lower case with underscores
 * @param text one sentence, clean for display
 * @param machines keys of the machines it is about, at most 8 of them
 * @param count how many machines, services, tasks or lines it is about
 */
public record Notification(
    long number,
    String instance,
    Instant time,
    Kind kind,
    LogLine.Level level,
    String code,
    String text,
    List<String> machines,
    int count) {
  public Notification {
    machines = List.copyOf(machines);
  }

  /** What it is about. */
  public enum Kind {
    MACHINE,
    PROBLEM,
    SERVICE,
    TASK
  }

  /** Unique among all nodes and their starts. */
  public String id() {
    return instance + "-" + number;
  }
}

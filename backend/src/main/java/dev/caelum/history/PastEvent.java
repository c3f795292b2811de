package dev.caelum.history;

import dev.caelum.feed.LogLine;

/**
 * One line of the event log, kept.
 *
 * @param id grows with time
 */
public record PastEvent(long id, LogLine line) {}

package dev.caelum.feed;

/**
 * One thing that happened to a machine, as this node saw it.
 *
 * @param at monotonic nanoseconds
 * @param code stable, lower case with underscores
 * @param text one sentence, clean for display
 */
public record Finding(long at, String code, String text) {}

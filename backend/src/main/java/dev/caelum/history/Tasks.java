package dev.caelum.history;

/** How many tasks of this node wait, and how many somebody has. */
public record Tasks(long waiting, long running) {}

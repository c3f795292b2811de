package dev.caelum.task;

/** One hand-out of a task: its fence is the epoch. */
public record Lease(String task, long epoch) {}

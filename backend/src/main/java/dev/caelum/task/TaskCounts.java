package dev.caelum.task;

/**
 * What the coordinator has counted since its start.
 *
 * @param handedOut attempts given to workers
 * @param accepted results
 * @param stale results of an epoch that is over, or of a task that is
 * @param lost hand-outs that ended without a word
 * @param refused hand-outs that a worker did not begin
 */
public record TaskCounts(long handedOut, long accepted, long stale, long lost, long refused) {}

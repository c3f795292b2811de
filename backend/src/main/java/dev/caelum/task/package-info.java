/**
 * Tasks: the values that all share, and the pure core of the coordinator. No clock, thread, socket,
 * logger, store or JSON; time comes in with each input.
 */
@NullMarked
package dev.caelum.task;

import org.jspecify.annotations.NullMarked;

package dev.caelum.work;

import dev.caelum.task.Lease;
import dev.caelum.task.WorkMessage;

/** What the worker's core wants done. */
sealed interface WorkEffect {
  /** Begin an attempt; its end is told to {@link WorkBook#ended}, always. */
  record Begin(long number, WorkMessage.Order order) implements WorkEffect {}

  /** End an attempt that runs; what it still says is not wanted. */
  record Halt(long number) implements WorkEffect {}

  /** Say something; whether it is on its way is told to {@link Audience#sent}. */
  record Send(String machine, WorkMessage message) implements WorkEffect {}

  /** Write a result to the disk, for it was not taken yet. */
  record Keep(String machine, WorkMessage.Outcome outcome) implements WorkEffect {}

  /** Delete a result from the disk. */
  record Forget(Lease lease) implements WorkEffect {}
}

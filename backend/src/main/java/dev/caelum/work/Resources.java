package dev.caelum.work;

import dev.caelum.task.ResourceNeed;

/** What attempts take of the machine while they run. */
interface Resources {
  /** Whether the machine has so much at all. */
  boolean possible(ResourceNeed need);

  /** Takes it for an attempt; false when it is not free now. */
  boolean take(long number, ResourceNeed need);

  /** Gives back what the attempt took. */
  void give(long number);
}

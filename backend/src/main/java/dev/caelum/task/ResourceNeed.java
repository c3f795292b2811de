package dev.caelum.task;

/**
 * What of a machine is needed or there.
 *
 * @param cores processor cores, 0 and more, fractions allowed
 * @param memoryGib memory in GiB, 0 and more
 * @param gpus whole graphics cards, 0 and more
 */
public record ResourceNeed(double cores, double memoryGib, int gpus) {
  /** Nothing in particular. */
  public static final ResourceNeed NONE = new ResourceNeed(0, 0, 0);

  public ResourceNeed {
    if (!(cores >= 0 && cores <= 4_096 && memoryGib >= 0 && memoryGib <= 65_536)
        || gpus < 0
        || gpus > 1_024) {
      throw new IllegalArgumentException("resources are out of range");
    }
  }
}

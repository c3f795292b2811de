package dev.caelum.discovery;

/**
 * One way to find machines when a person presses Discover Network. To add one: write a class, name
 * it here by implementing this, and hand it to the {@link DiscoveryRunner} where the node is wired;
 * the page shows what it finds without a change.
 */
public interface DiscoveryMethod {
  /** The method's name in results, for example {@code NETWORK_SCAN}; upper case, underscores. */
  String name();

  /**
   * Looks for machines until done or {@link Search#over()}. Runs on a thread of its own and may
   * block; an interrupt ends it.
   */
  void search(Search search) throws InterruptedException;
}

package dev.caelum.cluster;

/** Anti-entropy. */
final class SyncRules {
  /** Into how many parts a table is divided for comparison. */
  static final int BUCKETS = 32;

  private SyncRules() {}
}

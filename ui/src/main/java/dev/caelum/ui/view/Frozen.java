package dev.caelum.ui.view;

import dev.caelum.ui.state.ClusterView;

/**
 * What a page shows while its reader paused it.
 *
 * @param view the cluster at the moment of the pause
 */
record Frozen(ClusterView view) {
  /** How many changes the reader has not seen yet. */
  long waiting(ClusterView now) {
    return Math.max(0, now.revision() - view.revision());
  }
}

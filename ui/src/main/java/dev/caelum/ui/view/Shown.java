package dev.caelum.ui.view;

import dev.caelum.ui.state.ClusterView;

/** Something that shows the cluster; told by the layout, in the UI's own turn. */
interface Shown {
  /**
   * Shows {@code view}; called at every publication, so it must do nothing when nothing changed.
   */
  void show(ClusterView view);
}

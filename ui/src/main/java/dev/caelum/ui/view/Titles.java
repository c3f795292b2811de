package dev.caelum.ui.view;

import dev.caelum.ui.state.ClusterView;

/** What a page is called in the browser's tabs: the worst state first, while there is one. */
final class Titles {
  private Titles() {}

  /** The title of the view {@code name} now. */
  static String of(String name) {
    Verdict verdict = Verdict.of(Access.view());
    return verdict.good() ? page(name) : page(Words.of("page.title", verdict.title(), name));
  }

  /** The title of Cluster Status, which tells good news, too. */
  static String ofStatus(ClusterView view) {
    return page(Verdict.of(view).title());
  }

  private static String page(String name) {
    return Words.of("page.title", name, Words.of("product"));
  }
}

package dev.caelum.ui.view;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;
import dev.caelum.ui.client.MachineState;
import dev.caelum.ui.client.NodeInfo;
import dev.caelum.ui.state.ClusterView;
import org.jspecify.annotations.Nullable;

/**
 * The live pill, the banner and the toast. The server only sends beats; the static script decides
 * from them what to show, so that it works when the server is gone.
 */
final class LiveSigns {
  private final Span pill = new Span();
  private final Div banner = new Div();
  private final Div toast = new Div();

  LiveSigns() {
    Span dot = new Span();
    dot.addClassName("dot");
    pill.add(dot, new Span(Words.of("pill.starting")));
    pill.setId("caelum-pill");
    pill.setTestId("live-pill");
    data(pill.getElement(), "ok", "pill.ok");
    data(pill.getElement(), "late", "pill.late");
    data(pill.getElement(), "lost", "pill.lost");
    data(pill.getElement(), "days", "unit.days");
    data(pill.getElement(), "paused", "pill.paused");

    banner.setId("caelum-banner");
    banner.setTestId("banner");
    Element element = banner.getElement();
    element.setAttribute("role", "alert");
    element.setAttribute("hidden", true);
    element.appendChild(new Element("strong"), new Element("span"));
    data(element, "dashboard", "banner.dashboard");
    data(element, "dashboard-more", "banner.dashboard.more");
    data(element, "node", "banner.node");
    data(element, "node-more", "banner.node.more");

    toast.setId("caelum-toast");
    toast.setTestId("toast");
    toast.getElement().setAttribute("role", "status");
    toast.getElement().setAttribute("hidden", true);
    data(toast.getElement(), "back", "toast.back");
    data(toast.getElement(), "restarted", "toast.restarted");
    data(toast.getElement(), "updated", "toast.updated");
    data(toast.getElement(), "copied", "toast.copied");
    data(toast.getElement(), "not-copied", "toast.not.copied");
  }

  private static void data(Element element, String name, String key) {
    element.setAttribute("data-" + name, Words.of(key, "{0}"));
  }

  Span pill() {
    return pill;
  }

  Div banner() {
    return banner;
  }

  Div toast() {
    return toast;
  }

  /**
   * Sends one sign of life, with what the script must know of the node.
   *
   * @param waiting changes that a paused page has not shown; null while it follows
   */
  void beat(ClusterView view, long now, @Nullable Long waiting) {
    @Nullable NodeInfo node = view.node();
    boolean good = Verdict.of(view).good();
    pill.getElement()
        .executeJs(
            "window.caelum.beat($0, $1, $2, $3, $4, $5, $6, $7, $8)",
            view.revision(),
            now,
            view.lostSince(),
            node == null ? "" : node.instance(),
            node == null ? 0 : node.startedAt(),
            node == null ? "" : node.version(),
            waiting,
            good,
            good || node == null ? "" : worst(view));
  }

  /** How grave it is, for the icon in the browser's tab. */
  private static String worst(ClusterView view) {
    return view.counted().stream().anyMatch(machine -> machine.state() == MachineState.DEAD)
        ? "bad"
        : "warn";
  }
}

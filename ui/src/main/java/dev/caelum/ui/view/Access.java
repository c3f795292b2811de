package dev.caelum.ui.view;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinService;
import com.vaadin.flow.server.VaadinServletRequest;
import dev.caelum.ui.client.Answer;
import dev.caelum.ui.client.NodeCommands;
import dev.caelum.ui.guard.OwnNames;
import dev.caelum.ui.proxy.Caller;
import dev.caelum.ui.state.ClusterView;
import dev.caelum.ui.state.Dashboard;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a view needs from the web application around it. */
final class Access {
  private Access() {}

  static Dashboard dashboard() {
    return VaadinService.getCurrent().getContext().getAttribute(Dashboard.class);
  }

  /** What the page shows: what is known now, or what was when its reader paused it. */
  static ClusterView view() {
    UI ui = UI.getCurrent();
    return Optional.ofNullable(ui)
        .flatMap(PauseButton::frozen)
        .map(Frozen::view)
        .orElseGet(dashboard()::view);
  }

  /**
   * The addresses that the current request comes from; the node judges rights by them. In the
   * middle of a push there is no request: then those from which the page was opened.
   */
  static String caller() {
    if (VaadinRequest.getCurrent() instanceof VaadinServletRequest servlet) {
      return Caller.of(servlet.getHttpServletRequest());
    }
    UI ui = UI.getCurrent();
    Opened opened = ui == null ? null : ComponentUtil.getData(ui, Opened.class);
    return opened == null ? "unknown" : opened.caller();
  }

  /** From where a page was opened. */
  private record Opened(String caller) {}

  /** Remembers from where {@code ui} is opened; to be called in the request that does. */
  static void opened(UI ui) {
    ComponentUtil.setData(ui, Opened.class, new Opened(caller()));
  }

  /**
   * Whether visitor and node are both on this machine, so that the node takes every command; only a
   * hint for what to offer.
   */
  static boolean local() {
    OwnNames names = VaadinService.getCurrent().getContext().getAttribute(OwnNames.class);
    if (!names.isName(dashboard().node().getHost())) {
      return false;
    }
    for (String address : caller().split(",", -1)) {
      if (!names.isAddress(address.strip())) {
        return false;
      }
    }
    return true;
  }

  /** Leaves {@code button} to visitors on the node's machine; others read why. */
  static void onlyHere(Button button, String reason) {
    if (!local()) {
      button.setEnabled(false);
      button.setTooltipText(Words.of(reason));
    }
  }

  /** Gives a command without holding the page; {@code done} runs in the UI's turn. */
  static void command(UI ui, Function<NodeCommands, Answer> command, Consumer<Answer> done) {
    ask(ui, command, done);
  }

  /** Asks the node without holding the page; {@code done} runs in the UI's turn. */
  static <T extends @Nullable Object> void ask(
      UI ui, Function<NodeCommands, T> question, Consumer<T> done) {
    NodeCommands commands = dashboard().commands();
    Thread.ofVirtual()
        .name("command")
        .start(() -> {
          T answer = question.apply(commands);
          var _ = ui.access(() -> done.accept(answer));
        });
  }
}

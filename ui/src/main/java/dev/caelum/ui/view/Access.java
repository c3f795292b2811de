package dev.caelum.ui.view;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinService;
import com.vaadin.flow.server.VaadinServletRequest;
import dev.caelum.ui.client.NodeCommands;
import dev.caelum.ui.guard.OwnNames;
import dev.caelum.ui.proxy.Caller;
import dev.caelum.ui.state.Dashboard;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a view needs from the web application around it. */
final class Access {
  private Access() {}

  static Dashboard dashboard() {
    return VaadinService.getCurrent().getContext().getAttribute(Dashboard.class);
  }

  /** The addresses that the current request comes from; the node judges rights by them. */
  static String caller() {
    VaadinRequest request = VaadinRequest.getCurrent();
    return request instanceof VaadinServletRequest servlet
        ? Caller.of(servlet.getHttpServletRequest())
        : "unknown";
  }

  /** Whether the current request comes from this machine; only a hint for what to offer. */
  static boolean local() {
    OwnNames names = VaadinService.getCurrent().getContext().getAttribute(OwnNames.class);
    for (String address : caller().split(",", -1)) {
      if (!names.isAddress(address.strip())) {
        return false;
      }
    }
    return true;
  }

  /** Gives a command without holding the page; {@code done} runs in the UI's turn. */
  static void command(
      UI ui,
      Function<NodeCommands, NodeCommands.Answer> command,
      Consumer<NodeCommands.Answer> done) {
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

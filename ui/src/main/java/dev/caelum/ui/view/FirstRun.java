package dev.caelum.ui.view;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.NodeInfo;
import dev.caelum.ui.state.ClusterView;
import org.jspecify.annotations.Nullable;

/** What to do when no other machine was ever seen. */
final class FirstRun extends Section implements Shown {
  private final Paragraph text = new Paragraph();
  private final Button copy = new Button(Words.of("first.copy"), VaadinIcon.COPY_O.create());
  private @Nullable NodeInfo shown;

  /**
   * @param connect opens the dialog for connecting by address
   */
  FirstRun(Button connect) {
    addClassNames("card", "first-run");
    setTestId("first-run");
    copy.setTestId("copy-start-command");
    Div buttons = new Div(copy, connect);
    buttons.addClassName("buttons");
    add(new H2(Words.of("first.title")), text, buttons);
    setVisible(false);
  }

  @Override
  public void show(ClusterView view) {
    NodeInfo node = view.node();
    boolean alone = node != null && view.machines().stream().allMatch(Machine::self);
    setVisible(alone);
    if (node == null || node.equals(shown)) {
      return;
    }
    shown = node;
    text.setText(
        Words.of(
            node.announces() ? "first.text" : "first.silent",
            node.port("beacon"),
            node.port("cluster")));
    String command =
        view.self()
            .map(Machine::address)
            .filter(address -> !address.isEmpty() && !address.startsWith("127."))
            .map(address -> "./caelum beacon --known " + address)
            .orElse("./caelum beacon");
    copy.getElement().setAttribute("data-copy", command);
    copy.setTooltipText(command);
  }
}

package dev.caelum.ui.view;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.icon.VaadinIcon;
import java.util.Optional;

/** Holds the page as it is, so that it can be read in peace; nothing else stops. */
final class PauseButton extends Button {
  private final Runnable changed;

  /**
   * @param changed told after each press
   */
  PauseButton(Runnable changed) {
    this.changed = changed;
    addThemeVariants(ButtonVariant.TERTIARY);
    addClassName("tool");
    setTestId("pause");
    getElement().setAttribute("aria-keyshortcuts", "Alt+P");
    addClickListener(click -> press(click.getSource().getUI().orElseThrow()));
    mark(false);
  }

  /** What {@code ui} is held at; empty while it follows. */
  static Optional<Frozen> frozen(UI ui) {
    return Optional.ofNullable(ComponentUtil.getData(ui, Frozen.class));
  }

  private void press(UI ui) {
    boolean pause = frozen(ui).isEmpty();
    ComponentUtil.setData(ui, Frozen.class, pause ? new Frozen(Access.dashboard().view()) : null);
    mark(pause);
    changed.run();
  }

  private void mark(boolean paused) {
    setIcon((paused ? VaadinIcon.PLAY : VaadinIcon.PAUSE).create());
    String words = Words.of(paused ? "shell.resume" : "shell.pause");
    setAriaLabel(words);
    setTooltipText(words);
    getElement().setAttribute("aria-pressed", Boolean.toString(paused));
  }
}

package dev.caelum.ui.view;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/** Says how much is not saved, and saves or discards it; there only while something is. */
final class SaveBar extends Div {
  private final Span what = new Span();
  private final Button save;
  private final Button discard;

  SaveBar(Runnable saving, Runnable discarding) {
    save = new Button(Words.of("settings.save"), click -> saving.run());
    save.addThemeVariants(ButtonVariant.PRIMARY);
    save.setTestId("settings-save");
    discard = new Button(Words.of("settings.discard"), click -> discarding.run());
    discard.setTestId("settings-discard");
    what.setTestId("settings-dirty");
    what.getElement().setAttribute("role", "status");
    addClassName("save-bar");
    setTestId("save-bar");
    add(what, discard, save);
    setVisible(false);
  }

  void show(int dirty) {
    setVisible(dirty > 0);
    what.setText(Words.of("settings.dirty", dirty));
    save.setEnabled(true);
    discard.setEnabled(true);
  }

  /** While the node is asked. */
  void busy() {
    save.setEnabled(false);
    discard.setEnabled(false);
  }
}

package dev.caelum.ui.view;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.caelum.ui.client.Answer;
import org.jspecify.annotations.Nullable;

/** Keeps a port of the node's machine for a name. */
final class ReserveDialog extends Dialog {
  private static final String NAME = "[A-Za-z0-9._-]{1,64}";

  private final TextField name = new TextField(Words.of("ports.name"));
  private final IntegerField port = new IntegerField(Words.of("ports.port"));
  private final Button reserve = new Button(Words.of("ports.reserve.yes"));
  private final Paragraph failure = new Paragraph();

  /**
   * @param next the next free port; null when there is none
   */
  ReserveDialog(@Nullable Integer next) {
    setHeaderTitle(Words.of("ports.reserve"));
    setTestId("reserve-dialog");
    name.setTestId("reserve-name");
    name.setPlaceholder("caelum-code-analysis");
    name.setAutofocus(true);
    name.setRequiredIndicatorVisible(true);
    name.setValueChangeMode(ValueChangeMode.EAGER);
    name.addValueChangeListener(change -> name.setInvalid(false));
    name.setErrorMessage(Words.of("ports.name.invalid"));
    port.setTestId("reserve-port");
    port.setValueChangeMode(ValueChangeMode.EAGER);
    port.setPlaceholder(next == null ? "" : next.toString());
    port.setHelperText(Words.of("ports.port.help"));
    port.setMin(1);
    port.setMax(65_535);
    port.setErrorMessage(Words.of("ports.port.invalid"));
    failure.addClassName("failure");
    failure.setTestId("reserve-error");
    failure.getElement().setAttribute("role", "alert");
    failure.setVisible(false);
    Div form = new Div(name, port);
    form.addClassName("form");
    add(form, failure);
    reserve.addThemeVariants(ButtonVariant.PRIMARY);
    reserve.setTestId("reserve-submit");
    reserve.addClickListener(click -> submit());
    name.addKeyPressListener(Key.ENTER, press -> submit());
    port.addKeyPressListener(Key.ENTER, press -> submit());
    getFooter().add(new Button(Words.of("submit.cancel"), click -> close()), reserve);
    setWidth("min(32rem, 94vw)");
  }

  private void submit() {
    String wanted = name.getValue().strip();
    name.setInvalid(!wanted.matches(NAME));
    if (name.isInvalid() || port.isInvalid()) {
      return;
    }
    Integer number = port.getValue();
    String caller = Access.caller();
    Access.command(
        UI.getCurrent(), node -> node.services().reserve(caller, wanted, number), this::ended);
  }

  private void ended(Answer answer) {
    if (answer.success()) {
      Access.dashboard().readServices();
      close();
      return;
    }
    failure.setText(Notices.text(answer));
    failure.setVisible(true);
  }
}

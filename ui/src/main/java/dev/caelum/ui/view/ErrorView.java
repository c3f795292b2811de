package dev.caelum.ui.view;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasErrorParameter;
import java.time.Instant;

/** Says that something went wrong, under a reference that the log has too. */
public final class ErrorView extends Main implements HasErrorParameter<Exception>, HasDynamicTitle {
  @Override
  public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Exception> parameter) {
    setId("content");
    addClassName("message");
    String reference = ServiceSetup.reference(parameter.getException());
    String text = Words.of("error.text", reference);
    Paragraph what = new Paragraph(text);
    what.setTestId("error");
    Anchor reload = new Anchor("", Words.of("error.reload"));
    reload.setRouterIgnore(true);
    Button copy = new Button(Words.of("error.copy"));
    copy.getElement().setAttribute("data-copy", Instant.now() + " " + text);
    Div buttons = new Div(reload, copy);
    buttons.addClassName("buttons");
    add(new H1(Words.of("error.title")), what, buttons);
    return 500;
  }

  @Override
  public String getPageTitle() {
    return Titles.of(Words.of("error.title"));
  }
}

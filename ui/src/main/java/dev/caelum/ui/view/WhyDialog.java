package dev.caelum.ui.view;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.Why;
import org.jspecify.annotations.Nullable;

/** Why a machine is in its state: what holds now, and what happened; the node's own words. */
final class WhyDialog extends Dialog {
  private final Div body = new Div();

  WhyDialog(String name) {
    setHeaderTitle(Words.of("why.title", name));
    setTestId("why-dialog");
    body.addClassName("why");
    body.setTestId("why");
    body.add(new Paragraph(Words.of("why.loading")));
    add(body);
    Button close = new Button(Words.of("why.close"), click -> close());
    close.setTestId("why-close");
    getFooter().add(close);
    setWidth("min(44rem, 94vw)");
  }

  /** Opens it and asks the node about {@code machine}. */
  static void open(Machine machine) {
    WhyDialog dialog = new WhyDialog(Words.name(machine));
    dialog.open();
    String caller = Access.caller();
    Access.ask(UI.getCurrent(), node -> node.why(caller, machine.key()), dialog::show);
  }

  /** Shows the answer; null when there was none. */
  void show(@Nullable Why why) {
    body.removeAll();
    if (why == null) {
      body.add(new Paragraph(Words.of("why.none")));
      return;
    }
    Paragraph summary = new Paragraph();
    NodeText.of(why.summary()).into(summary.getElement());
    summary.addClassName("summary");
    UnorderedList reasons = new UnorderedList();
    for (String reason : why.reasons()) {
      ListItem item = new ListItem();
      NodeText.of(reason).into(item.getElement());
      reasons.add(item);
    }
    body.add(summary, reasons);
    if (why.findings().isEmpty()) {
      return;
    }
    UnorderedList happened = new UnorderedList();
    happened.addClassName("happened");
    for (Why.Finding finding : why.findings()) {
      Age age = new Age(Words.of("age.ago", "{0}"));
      age.since(finding.at());
      Span text = new Span();
      NodeText.of(finding.text()).into(text.getElement());
      ListItem item = new ListItem(age, text);
      item.getElement().setAttribute("data-code", finding.code());
      happened.add(item);
    }
    body.add(new H3(Words.of("why.happened")), happened);
  }
}

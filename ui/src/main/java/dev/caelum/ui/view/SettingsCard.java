package dev.caelum.ui.view;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import dev.caelum.ui.client.Answer;
import dev.caelum.ui.client.HistoryCommands;
import org.jspecify.annotations.Nullable;

/** The settings of one group, and what belongs to them. */
final class SettingsCard extends Section {
  private final String group;
  private final Div fields = new Div();
  private final Paragraph kept = new Paragraph();
  private final Span tested = new Span();
  private final Button test = new Button(Words.of("settings.test"));

  SettingsCard(String group, boolean editable) {
    this.group = group;
    addClassName("card");
    setTestId("group-" + group);
    fields.addClassName("setting-fields");
    super.add(new H2(Words.known("settings.group.", group)), fields);
    if (group.equals("history")) {
      kept.addClassName("quiet");
      kept.setTestId("settings-kept");
      super.add(kept);
    } else if (group.equals("notifications")) {
      test.setTestId("webhook-test");
      test.setEnabled(editable);
      test.addClickListener(click -> test(click.getSource().getUI().orElseThrow()));
      tested.setTestId("webhook-tested");
      tested.getElement().setAttribute("role", "status");
      Div row = new Div(test, tested);
      row.addClassName("buttons");
      super.add(row);
    }
  }

  void add(SettingField field) {
    fields.add(field);
  }

  @Override
  protected void onAttach(AttachEvent event) {
    super.onAttach(event);
    if (group.equals("history")) {
      String caller = Access.caller();
      Access.ask(event.getUI(), node -> node.history().about(caller), this::show);
    }
  }

  private void show(HistoryCommands.@Nullable About about) {
    kept.setText(
        about == null
            ? Words.of("history.none")
            : Words.of("settings.kept", about.days(), Words.bytes(about.bytes())));
  }

  private void test(UI ui) {
    test.setEnabled(false);
    tested.setText(Words.of("settings.testing"));
    String caller = Access.caller();
    Access.command(ui, node -> node.settings().testWebhook(caller), this::tested);
  }

  private void tested(Answer answer) {
    test.setEnabled(true);
    tested.setText(Notices.text(answer));
    tested.getElement().setAttribute("data-success", Boolean.toString(answer.success()));
  }
}

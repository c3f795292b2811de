package dev.caelum.ui.view;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.caelum.ui.client.Machine;
import java.util.List;

/** What this node's operator says of a machine: a name of one's own, tags, a note. */
final class NotesDialog extends Dialog {
  private static final int NAME_LIMIT = 64;
  private static final int NOTE_LIMIT = 1_000;
  static final int TAGS_LIMIT = 16;
  static final int TAG_LIMIT = 32;

  private final TextField name = new TextField(Words.of("notes.name"));
  private final TextField tags = new TextField(Words.of("notes.tags"));
  private final TextArea note = new TextArea(Words.of("notes.note"));
  private final Machine machine;

  private NotesDialog(Machine machine) {
    this.machine = machine;
    setHeaderTitle(Words.of("notes.title", machine.hostname()));
    setTestId("notes-dialog");
    setWidth("min(30rem, 94vw)");
    name.setValue(machine.label());
    name.setPlaceholder(machine.hostname());
    name.setMaxLength(NAME_LIMIT);
    name.setTestId("notes-name");
    tags.setValue(String.join(", ", machine.tags()));
    tags.setHelperText(Words.of("notes.tags.help"));
    tags.setTestId("notes-tags");
    note.setValue(machine.note());
    note.setMaxLength(NOTE_LIMIT);
    note.setMinRows(3);
    note.setTestId("notes-note");
    name.setWidthFull();
    tags.setWidthFull();
    note.setWidthFull();
    Paragraph scope = new Paragraph(Words.of("notes.scope"));
    scope.addClassName("quiet");
    add(scope, name, tags, note);
    Button cancel = new Button(Words.of("machine.cancel"), click -> close());
    Button save = new Button(Words.of("notes.save"), click -> save());
    save.addThemeVariants(ButtonVariant.PRIMARY);
    save.setTestId("notes-save");
    getFooter().add(cancel, save);
  }

  static void open(Machine machine) {
    NotesDialog dialog = new NotesDialog(machine);
    dialog.open();
    dialog.name.focus();
  }

  private void save() {
    List<String> list = MachineActions.tags(tags.getValue());
    boolean fits =
        list.size() <= TAGS_LIMIT && list.stream().allMatch(tag -> tag.length() <= TAG_LIMIT);
    tags.setInvalid(!fits);
    tags.setErrorMessage(Words.of("notes.tags.bad"));
    if (!fits) {
      tags.focus();
      return;
    }
    String caller = Access.caller();
    String called = name.getValue().strip();
    String text = note.getValue().strip();
    Access.command(
        UI.getCurrent(),
        node -> node.machines().say(caller, machine.key(), called, text, list),
        answer -> {
          if (answer.success()) {
            close();
          } else {
            Notices.failure(answer);
          }
        });
  }
}

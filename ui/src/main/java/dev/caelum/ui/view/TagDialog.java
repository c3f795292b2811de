package dev.caelum.ui.view;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import java.util.List;
import java.util.function.Consumer;

/** Asks for one tag. */
final class TagDialog extends Dialog {
  private final TextField tag = new TextField(Words.of("bulk.tag.name"));
  private final Consumer<String> chosen;

  private TagDialog(int machines, Consumer<String> chosen) {
    this.chosen = chosen;
    setHeaderTitle(Words.of("bulk.tag.title", machines));
    setTestId("tag-dialog");
    setWidth("min(26rem, 94vw)");
    tag.setMaxLength(NotesDialog.TAG_LIMIT);
    tag.setWidthFull();
    tag.setTestId("tag-name");
    tag.addKeyPressListener(Key.ENTER, press -> save());
    Paragraph scope = new Paragraph(Words.of("notes.scope"));
    scope.addClassName("quiet");
    add(scope, tag);
    Button cancel = new Button(Words.of("machine.cancel"), click -> close());
    Button save = new Button(Words.of("bulk.tag.save"), click -> save());
    save.addThemeVariants(ButtonVariant.PRIMARY);
    save.setTestId("tag-save");
    getFooter().add(cancel, save);
  }

  /**
   * @param machines how many will have it
   * @param chosen told the tag, unless the dialog is closed without one
   */
  static void open(int machines, Consumer<String> chosen) {
    TagDialog dialog = new TagDialog(machines, chosen);
    dialog.open();
    dialog.tag.focus();
  }

  private void save() {
    List<String> tags = MachineActions.tags(tag.getValue());
    tag.setInvalid(tags.size() != 1);
    tag.setErrorMessage(Words.of("bulk.tag.bad"));
    if (tags.size() == 1) {
      close();
      chosen.accept(tags.getFirst());
    } else {
      tag.focus();
    }
  }
}

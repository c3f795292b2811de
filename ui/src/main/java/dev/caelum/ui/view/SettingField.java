package dev.caelum.ui.view;

import com.vaadin.flow.component.AbstractField;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.shared.HasValidationProperties;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.caelum.ui.client.Setting;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One setting as a field: what it is, what was typed, and what the node says against that. */
final class SettingField extends Div {
  private static final String ON = "true";

  private final Setting setting;
  private final Runnable touched;
  private final Component field;
  private final Supplier<String> text;
  private final Consumer<String> write;
  private final String shown;
  private boolean takenBack;

  /**
   * @param editable whether the visitor may change settings at all
   * @param touched told when something was typed
   */
  SettingField(Setting setting, boolean editable, Runnable touched) {
    this.setting = setting;
    this.touched = touched;
    String label = Words.known("setting.", setting.key());
    switch (setting.type()) {
      case "flag" -> {
        Checkbox box = new Checkbox(label);
        box.setHelperText(help());
        text = () -> Boolean.toString(box.getValue());
        write = value -> box.setValue(value.equals(ON));
        field = box;
      }
      case "choice" -> {
        Select<String> select = new Select<>();
        select.setLabel(label);
        Set<String> words = new LinkedHashSet<>(setting.choices());
        words.add(setting.next());
        select.setItems(words);
        select.setHelperText(help());
        text = () -> select.getValue() == null ? "" : select.getValue();
        write = select::setValue;
        field = select;
      }
      case "secret" -> {
        PasswordField secret = new PasswordField(label);
        secret.setPlaceholder(Words.of(setting.next().isEmpty() ? "setting.unset" : "setting.set"));
        secret.setHelperText(help());
        secret.setAutocomplete(com.vaadin.flow.component.textfield.Autocomplete.NEW_PASSWORD);
        secret.setValueChangeMode(ValueChangeMode.LAZY);
        text = secret::getValue;
        write = value -> secret.setValue("");
        field = secret;
      }
      default -> {
        if (setting.choices().isEmpty()) {
          TextField line = line(label);
          text = () -> line.getValue().strip();
          write = line::setValue;
          field = line;
        } else {
          CheckboxGroup<String> group = new CheckboxGroup<>(label);
          group.setItems(setting.choices());
          group.setItemLabelGenerator(word -> Words.known("setting.choice.", word));
          group.setHelperText(help());
          text = () -> ordered(group.getValue());
          write = value -> group.setValue(new LinkedHashSet<>(List.of(value.split(","))));
          field = group;
        }
      }
    }
    write.accept(setting.next());
    this.shown = text.get();
    field.setTestId("setting-" + setting.key());
    setTestId("row-" + setting.key());
    addClassName("setting");
    add(field, marks());
    if (!editable || setting.fixed() != null) {
      ((HasValue<?, ?>) field).setReadOnly(true);
    }
    if (setting.fixed() == null && editable && setting.changed()) {
      add(back());
    }
    if (field instanceof AbstractField<?, ?> typed) {
      typed.addValueChangeListener(change -> typed());
    }
  }

  private TextField line(String label) {
    TextField line = new TextField(label);
    line.setHelperText(help());
    line.setValueChangeMode(ValueChangeMode.LAZY);
    if (setting.unit() != null) {
      line.setSuffixComponent(new Span(Words.known("setting.unit.", setting.unit())));
    }
    if (setting.type().equals("number") || setting.type().equals("port")) {
      line.setAllowedCharPattern("[0-9]");
      line.getElement().setAttribute("inputmode", "numeric");
    }
    return line;
  }

  private String help() {
    String own = setting.key() + ".help";
    String help = Words.known("setting.", own);
    return help.equals(own) ? setting.description() : help;
  }

  private String ordered(Set<String> chosen) {
    return String.join(",", setting.choices().stream().filter(chosen::contains).toList());
  }

  /** Where the value comes from, and when a change of it takes effect. */
  private Component marks() {
    Div marks = new Div();
    marks.addClassName("setting-marks");
    Span source = new Span(Words.known("setting.source.", setting.source()));
    source.addClassName("quiet");
    marks.add(source);
    if (setting.restart()) {
      Span restart = new Span(Words.of("setting.restart"));
      restart.addClassName("mark");
      marks.add(restart);
    }
    if (setting.fixed() != null) {
      Span fixed = new Span(setting.fixed());
      fixed.addClassName("quiet");
      fixed.getElement().setAttribute("lang", "en");
      marks.add(fixed);
    }
    if (setting.pending() != null) {
      Span pending = new Span(Words.of("setting.pending", known(setting.value())));
      pending.addClassName("pending");
      pending.setTestId("pending-" + setting.key());
      marks.add(pending);
    }
    return marks;
  }

  private static String known(String value) {
    return value.isEmpty() ? Words.of("setting.empty") : value;
  }

  private Button back() {
    Button back =
        new Button(
            Words.of("setting.back"),
            click -> {
              write.accept(setting.defaultValue());
              takenBack = true;
              touched.run();
            });
    back.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
    back.setAriaLabel(Words.of("setting.back.of", Words.known("setting.", setting.key())));
    back.setTestId("back-" + setting.key());
    return back;
  }

  private void typed() {
    takenBack = false;
    touched.run();
  }

  String key() {
    return setting.key();
  }

  /** Whether something else is to be saved. */
  boolean dirty() {
    return takenBack || !text.get().equals(shown);
  }

  /** What is to be saved; empty takes a change back. */
  Optional<String> wanted() {
    return takenBack ? Optional.empty() : Optional.of(text.get());
  }

  /** Shows what the node says against the value; null: nothing. */
  void mistake(@Nullable String rule) {
    if (field instanceof HasValidationProperties validated) {
      validated.setErrorMessage(rule);
      validated.setInvalid(rule != null);
    }
  }

  /** Moves the focus into the field. */
  void focus() {
    if (field instanceof com.vaadin.flow.component.Focusable<?> focusable) {
      focusable.focus();
    }
  }
}

package dev.caelum.ui.view;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.server.VaadinRequest;
import java.util.Locale;

/** What is kept by the visitor's browser alone. */
final class BrowserCard extends Section {
  BrowserCard() {
    addClassName("card");
    Select<Locale> language = new Select<>();
    language.setLabel(Words.of("settings.language"));
    language.setItems(Languages.OFFERED);
    language.setEmptySelectionAllowed(true);
    language.setEmptySelectionCaption(Words.of("settings.language.browser"));
    language.setItemLabelGenerator(each ->
        each == null ? Words.of("settings.language.browser") : each.getDisplayLanguage(each));
    VaadinRequest request = VaadinRequest.getCurrent();
    if (request != null) {
      Languages.chosen(request).ifPresent(language::setValue);
    }
    language.setTestId("settings-language");
    language.addValueChangeListener(
        change -> language.getUI().ifPresent(ui -> Languages.choose(ui, change.getValue())));
    Paragraph note = new Paragraph(Words.of("settings.browser.note"));
    note.addClassName("quiet");
    Div fields = new Div(language);
    fields.addClassName("setting-fields");
    add(new H2(Words.of("settings.browser")), note, fields);
  }
}

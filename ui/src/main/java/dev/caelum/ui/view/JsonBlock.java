package dev.caelum.ui.view;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.icon.VaadinIcon;

/** A JSON text that can be read, copied and saved. */
final class JsonBlock extends Div {
  private final Pre text = new Pre();
  private final Button save;

  /**
   * @param testId also the id under which the page's script finds the text
   */
  JsonBlock(String testId, String title) {
    addClassName("json");
    text.setId(testId);
    text.setTestId(testId);
    text.getElement().setAttribute("tabindex", "0");
    text.getElement().setAttribute("role", "region");
    text.getElement().setAttribute("aria-label", title);
    Button copy = button("json.copy", VaadinIcon.COPY);
    copy.getElement().setAttribute("data-copy-text", testId);
    copy.setTestId(testId + "-copy");
    save = button("json.download", VaadinIcon.DOWNLOAD);
    save.getElement().setAttribute("data-download-text", testId);
    save.setTestId(testId + "-download");
    Div tools = new Div(copy, save);
    tools.addClassName("tools");
    Div head = new Div(new H3(title), tools);
    head.addClassName("head");
    add(head, text);
  }

  private static Button button(String key, VaadinIcon icon) {
    Button button = new Button(Words.of(key), icon.create());
    button.addThemeVariants(ButtonVariant.SMALL, ButtonVariant.TERTIARY);
    return button;
  }

  /**
   * Shows {@code json}.
   *
   * @param file what a download of it is called
   */
  void show(String json, String file) {
    if (!json.equals(text.getText())) {
      text.setText(json);
    }
    save.getElement().setAttribute("data-file", file);
  }
}

package dev.caelum.ui.view;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.icon.VaadinIcon;
import java.util.List;

/** Light, dark or as the system is: the static script changes it and the browser keeps it. */
final class ThemeButton extends Button {
  ThemeButton() {
    super(VaadinIcon.ADJUST.create());
    addThemeVariants(ButtonVariant.TERTIARY);
    addClassName("tool");
    setTestId("theme");
    getElement().setAttribute("data-theme-switch", true);
    for (String theme : List.of("system", "light", "dark")) {
      getElement().setAttribute("data-" + theme, Words.of("theme." + theme));
    }
    setAriaLabel(Words.of("theme.system"));
  }
}

package dev.caelum.ui.view;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.ColorScheme;
import com.vaadin.flow.component.page.Inline;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.component.page.Viewport;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.shared.communication.PushMode;
import com.vaadin.flow.shared.ui.Transport;
import com.vaadin.flow.theme.aura.Aura;

/** The page around all views: push, theme and icons. */
@Push(value = PushMode.AUTOMATIC, transport = Transport.WEBSOCKET_XHR)
@StyleSheet(Aura.STYLESHEET)
@StyleSheet("caelum.css")
@ColorScheme(ColorScheme.Value.SYSTEM)
@Viewport("width=device-width, initial-scale=1")
public final class AppShell implements AppShellConfigurator {
  /** Before anything is drawn: the theme that this browser's reader chose. */
  private static final String THEME =
      """
      window.caelumTheme = () => {
        let theme = '';
        try { theme = localStorage.getItem('caelum.theme') || ''; } catch { }
        document.documentElement.setAttribute('theme', theme);
        document.documentElement.style.colorScheme = theme || 'light dark';
      };
      window.caelumTheme();
      """;

  @Override
  public void configurePage(AppShellSettings settings) {
    // with its size told, browsers prefer the other, which tells states
    settings.addFavIcon("icon", "favicon.ico", "32x32");
    settings.addLink("icon", "icons/caelum.svg");
    settings.addInlineWithContents(Inline.Position.PREPEND, THEME, Inline.Wrapping.JAVASCRIPT);
    settings.addMetaTag("description", "Every machine on this network, found, linked, live.");
  }
}

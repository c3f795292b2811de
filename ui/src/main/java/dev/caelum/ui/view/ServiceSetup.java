package dev.caelum.ui.view;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import com.vaadin.flow.i18n.I18NProvider;
import com.vaadin.flow.server.CustomizedSystemMessages;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.SystemMessages;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinServiceInitListener;
import com.vaadin.flow.server.communication.IndexHtmlResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jsoup.nodes.Element;

/** Adds the static scripts to the page and tells people of errors with a reference. */
public final class ServiceSetup implements VaadinServiceInitListener {
  private static final Logger LOG = Logger.getLogger(ServiceSetup.class.getName());

  @Override
  public void serviceInit(ServiceInitEvent event) {
    event.addIndexHtmlRequestListener(ServiceSetup::addScripts);
    event
        .getSource()
        .addSessionInitListener(init -> init.getSession().setErrorHandler(ServiceSetup::tell));
    event
        .getSource()
        .addUIInitListener(init ->
            Optional.ofNullable(VaadinRequest.getCurrent())
                .ifPresent(request -> init.getUI().setLocale(Languages.of(request))));
    event.getSource().setSystemMessagesProvider(info -> messages(Languages.current()));
  }

  /** What the toolkit itself says when it cannot go on. */
  private static SystemMessages messages(Locale language) {
    CustomizedSystemMessages messages = new CustomizedSystemMessages();
    messages.setInternalErrorCaption(I18NProvider.translate(language, "error.title"));
    messages.setInternalErrorMessage(I18NProvider.translate(language, "error.internal"));
    messages.setCookiesDisabledCaption(I18NProvider.translate(language, "error.cookies.title"));
    messages.setCookiesDisabledMessage(I18NProvider.translate(language, "error.cookies"));
    messages.setSyncErrorNotificationEnabled(false);
    return messages;
  }

  private static void addScripts(IndexHtmlResponse response) {
    var document = response.getDocument();
    Locale language = Languages.of(response.getVaadinRequest());
    Languages.remember(response.getVaadinRequest(), response.getVaadinResponse());
    document.child(0).attr("lang", language.getLanguage());
    Element head = document.head();
    // before the client's own scripts: its first update already uses them
    head.prependElement("script").attr("src", "caelum-log.js").attr("defer", "");
    head.prependElement("script").attr("src", "caelum.js").attr("defer", "");
    head.prependElement("script").attr("src", "caelum-old.js");
    document
        .body()
        .prependElement("p")
        .attr("id", "caelum-old")
        .attr("class", "old-browser")
        .attr("role", "alert")
        .attr("hidden", "")
        .text(I18NProvider.translate(language, "page.old"));
    document
        .body()
        .prependElement("noscript")
        .appendElement("p")
        .attr("class", "old-browser")
        .text(I18NProvider.translate(language, "page.noscript"));
  }

  /** Writes the error to the log under a short reference and shows the same reference. */
  static String reference(Throwable error) {
    String reference = "%04X".formatted(ThreadLocalRandom.current().nextInt(0x10000));
    LOG.log(Level.SEVERE, "Error " + reference, error);
    return reference;
  }

  private static void tell(ErrorEvent event) {
    if (event.getThrowable() instanceof IOException gone) {
      LOG.log(Level.FINE, "A browser left in the middle of an answer", gone);
      return;
    }
    String reference = reference(event.getThrowable());
    UI ui = UI.getCurrent();
    if (ui == null) {
      return;
    }
    Notification notice =
        new Notification(
            ui.getTranslation("error.toast", reference), 0, Notification.Position.BOTTOM_START);
    notice.addThemeVariants(NotificationVariant.ERROR);
    notice.setAssertive(true);
    notice.open();
  }
}

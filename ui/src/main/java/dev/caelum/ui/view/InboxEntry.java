package dev.caelum.ui.view;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.router.QueryParameters;
import dev.caelum.ui.client.InboxItem;

/** One notification in the list under the bell. */
final class InboxEntry extends ListItem {
  /**
   * @param read told when it was read
   */
  InboxEntry(InboxItem item, boolean unread, Runnable read) {
    getElement().setAttribute("data-level", item.level());
    getElement().setAttribute("data-unread", Boolean.toString(unread));
    Span level = new Span(Words.of("log." + item.level()));
    level.addClassName("level");
    Element time = new Element("caelum-time");
    if (item.time() != null) {
      time.setAttribute("at", Long.toString(item.at()));
    }
    Element text = new Element("bdi");
    // the node speaks English
    text.setAttribute("lang", "en");
    text.setText(item.text());
    getElement().appendChild(level.getElement(), time);
    Anchor link = new Anchor(place(item));
    link.getElement().appendChild(text);
    link.getElement().addEventListener("click", click -> read.run());
    add(link);
    if (unread) {
      Button done = new Button(VaadinIcon.CHECK.create(), click -> read.run());
      done.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
      done.setAriaLabel(Words.of("inbox.read", item.text()));
      done.setTooltipText(Words.of("inbox.read.short"));
      done.setTestId("inbox-read");
      add(done);
    }
  }

  /** Where one sees more of it. */
  private static String place(InboxItem item) {
    return switch (item.kind()) {
      case "service" -> "servers";
      case "task" -> "tasks";
      default ->
          switch (item.machines().size()) {
            case 0 -> "events" + query(EventChoices.LEVEL, item.level());
            case 1 -> "machines" + query(MachinesView.SELECTED, item.machines().getFirst());
            default -> "machines";
          };
    };
  }

  private static String query(String name, String value) {
    return "?" + QueryParameters.of(name, value).getQueryString();
  }
}

package dev.caelum.ui.view;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.dom.Element;
import dev.caelum.ui.client.Service;
import dev.caelum.ui.state.ClusterView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All about one MCP server: its state, where it is called, what it can do. */
final class ServiceDialog extends Dialog implements Shown {
  private final String key;
  private final Div body = new Div();
  private @Nullable Service shown;

  ServiceDialog(Service service) {
    key = service.key();
    setHeaderTitle(Words.of("service.title", service.name(), Words.name(service.hostname())));
    setTestId("service-dialog");
    body.addClassName("task");
    add(body);
    Button close = new Button(Words.of("dialog.close"), click -> close());
    close.setTestId("service-close");
    getFooter().add(close);
    setWidth("min(46rem, 94vw)");
    show(service);
  }

  @Override
  public void show(ClusterView view) {
    List<Service> services = view.services();
    if (services != null) {
      services.stream()
          .filter(service -> service.key().equals(key))
          .findFirst()
          .ifPresent(this::show);
    }
  }

  private void show(Service service) {
    if (service.equals(shown)) {
      return;
    }
    shown = service;
    body.removeAll();
    Span badge = new Span(ServiceWords.state(service));
    badge.addClassName("badge");
    badge.getElement().setAttribute("data-state", service.state().word());
    Span rule = new Span(ServiceWords.rule(service));
    rule.addClassName("quiet");
    Div head = new Div(badge, rule);
    head.addClassName("names");
    body.add(head);
    endpoint(service);
    tools(service);
  }

  private void endpoint(Service service) {
    String endpoint = ServiceWords.endpoint(service);
    if (endpoint == null) {
      return;
    }
    Element code = new Element("code");
    code.setText(endpoint);
    Button copy = new Button(Words.of("service.copy"), VaadinIcon.COPY.create());
    copy.addThemeVariants(ButtonVariant.SMALL, ButtonVariant.TERTIARY);
    copy.setTestId("service-copy");
    copy.getElement().setAttribute("data-copy", endpoint);
    Div line = new Div();
    line.addClassName("head");
    line.getElement().appendChild(code, copy.getElement());
    Paragraph where =
        new Paragraph(
            Words.of(service.self() ? "service.endpoint.here" : "service.endpoint.there"));
    where.addClassName("quiet");
    body.add(line, where);
  }

  private void tools(Service service) {
    if (service.tools().isEmpty()) {
      return;
    }
    UnorderedList list = new UnorderedList();
    list.addClassName("tools-list");
    list.setTestId("service-tools");
    for (Service.Tool tool : service.tools()) {
      Element name = new Element("strong");
      Element bdi = new Element("bdi");
      bdi.setText(tool.name());
      name.appendChild(bdi);
      Element description = new Element("bdi");
      description.setAttribute("class", "hint");
      description.setText(tool.description());
      ListItem item = new ListItem();
      item.getElement().appendChild(name, description);
      list.add(item);
    }
    body.add(new H3(Words.of("service.tools", service.tools().size())), list);
    if (service.toolsLeftOut() > 0) {
      body.add(new Paragraph(Words.of("service.tools.more", service.toolsLeftOut())));
    }
  }
}

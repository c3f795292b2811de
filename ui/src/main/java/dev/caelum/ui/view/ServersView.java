package dev.caelum.ui.view;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import dev.caelum.ui.client.Answer;
import dev.caelum.ui.client.Service;
import dev.caelum.ui.state.ClusterView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every MCP server of every machine, with what is expected and not there on top. */
@Route(value = "servers", layout = MainLayout.class)
public final class ServersView extends Main implements Shown, HasDynamicTitle {
  private final Paragraph verdict = new Paragraph();
  private final Button check = new Button(Words.of("servers.check"), VaadinIcon.REFRESH.create());
  private final H2 missingTitle = new H2();
  private final RowTable<Service> missing = table("servers-missing", "servers.missing.title");
  private final Section missingCard = new Section(missingTitle, missing);
  private final RowTable<Service> found = table("servers", "servers.title");
  private final Section foundCard = new Section(found);
  private final Paragraph none = new Paragraph();
  private final RouterLink expected = new RouterLink(Words.of("servers.expected"), PortsView.class);
  private final Section noneCard = new Section(none, expected);
  private final Span checked = new Span();
  private @Nullable ServiceDialog dialog;

  public ServersView() {
    setId("content");
    addClassNames("page", "servers");
    verdict.addClassName("verdict");
    verdict.setTestId("servers-verdict");
    verdict.getElement().setAttribute("aria-live", "polite");
    check.setTestId("servers-check");
    check.setDisableOnClick(true);
    check.addClickListener(click -> check());
    Access.onlyHere(check, "servers.local_only");
    checked.addClassName("quiet");
    checked.setTestId("servers-checked");
    Div tools = new Div(checked, check);
    tools.addClassName("names");
    Div head = new Div(new H1(Words.of("servers.title")), tools);
    head.addClassName("head");
    none.setTestId("servers-none");
    for (Section card : List.of(missingCard, foundCard, noneCard)) {
      card.addClassName("card");
      card.setVisible(false);
    }
    add(head, verdict, missingCard, foundCard, noneCard);
  }

  private RowTable<Service> table(String testId, String label) {
    return new RowTable<Service>(
            testId, Words.of(label), new ServiceColumns(), Service::key, this::open)
        .openByPress();
  }

  @Override
  protected void onAttach(AttachEvent event) {
    super.onAttach(event);
    show(Access.view());
  }

  private void open(Service service) {
    ServiceDialog opened = new ServiceDialog(service);
    dialog = opened;
    opened.addClosedListener(closed -> dialog = opened.equals(dialog) ? null : dialog);
    opened.open();
  }

  private void check() {
    check.setText(Words.of("servers.checking"));
    String caller = Access.caller();
    long began = System.nanoTime();
    Access.command(
        UI.getCurrent(), node -> node.services().check(caller), answer -> ended(answer, began));
  }

  private void ended(Answer answer, long began) {
    check.setEnabled(true);
    check.setText(Words.of("servers.check"));
    if (!answer.success()) {
      Notices.failure(answer);
      return;
    }
    Access.dashboard().readServices();
    Element at = new Element("caelum-time");
    at.setAttribute("at", Long.toString(System.currentTimeMillis()));
    checked.getElement().removeAllChildren();
    double seconds = (System.nanoTime() - began) / 1e9;
    checked
        .getElement()
        .appendChild(
            Element.createText(Words.of("servers.checked") + " "),
            at,
            Element.createText(" " + Words.of("servers.took", Words.decimal(seconds, 1))));
  }

  @Override
  public void show(ClusterView view) {
    if (dialog != null) {
      dialog.show(view);
    }
    List<Service> services = view.services();
    if (services == null) {
      verdict.setText(Words.of("servers.loading"));
      return;
    }
    List<Service> sorted = services.stream().sorted(ServiceWords.ORDER).toList();
    List<Service> lost = sorted.stream().filter(Service::missing).toList();
    List<Service> there = sorted.stream().filter(service -> !service.missing()).toList();
    ServerCount count = ServerCount.of(services);
    long machines = services.stream().map(Service::machine).distinct().count();
    text(verdict, Words.of("servers.verdict", count.up(), count.expected(), machines));
    verdict.setVisible(count.expected() > 0);
    text(missingTitle, Words.of("servers.missing", lost.size()));
    missing.show(lost);
    found.show(there);
    missingCard.setVisible(!lost.isEmpty());
    foundCard.setVisible(!there.isEmpty());
    noneCard.setVisible(services.isEmpty());
    text(none, Words.of("servers.none", looked(view)));
  }

  /** Machines that tell of their MCP servers. */
  private static int looked(ClusterView view) {
    return view.ports() == null ? 1 : Math.max(1, view.ports().machines().size());
  }

  private static void text(com.vaadin.flow.component.HasText component, String text) {
    if (!text.equals(component.getText())) {
      component.setText(text);
    }
  }

  @Override
  public String getPageTitle() {
    return Titles.of(Words.of("servers.title"));
  }
}

package dev.caelum.ui.view;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.caelum.ui.client.Answer;
import dev.caelum.ui.client.PortMap;
import dev.caelum.ui.client.ServiceState;
import dev.caelum.ui.state.ClusterView;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who has which of the ports for MCP servers, machine by machine. */
@Route(value = "ports", layout = MainLayout.class)
public final class PortsView extends Main implements Shown, HasDynamicTitle {
  private static final Comparator<PortMap.Ports> ORDER =
      Comparator.<PortMap.Ports, Boolean>comparing(machine -> !machine.self())
          .thenComparing(PortMap.Ports::hostname, String.CASE_INSENSITIVE_ORDER)
          .thenComparing(PortMap.Ports::key);

  /** The states that a port can have; what is only configured has none. */
  private static final Set<ServiceState> ON_PORTS =
      EnumSet.complementOf(EnumSet.of(ServiceState.CONFIGURED));

  private final UnorderedList conflicts = new UnorderedList();
  private final Section conflictCard = new Section(new H2(Words.of("ports.conflicts")), conflicts);
  private final Paragraph loading = new Paragraph(Words.of("ports.loading"));
  private final Div cards = new Div();
  private final Map<String, PortCard> byMachine = new HashMap<>();
  private @Nullable PortMap shown;

  public PortsView() {
    setId("content");
    addClassName("page");
    Button reserve =
        new Button(Words.of("ports.reserve"), VaadinIcon.LOCK.create(), click -> reserve());
    reserve.addThemeVariants(ButtonVariant.PRIMARY);
    reserve.setTestId("ports-reserve");
    Access.onlyHere(reserve, "ports.local_only");
    Div head = new Div(new H1(Words.of("ports.title")), reserve);
    head.addClassName("head");
    conflictCard.addClassNames("card", "conflicts");
    conflictCard.setVisible(false);
    conflicts.setTestId("ports-conflicts");
    loading.addClassName("quiet");
    cards.addClassName("cards");
    add(head, conflictCard, loading, legend(), cards);
  }

  private static Div legend() {
    Div legend = new Div();
    legend.addClassName("legend");
    for (ServiceState state : ON_PORTS) {
      Span sample = new Span();
      sample.addClassName("sample");
      sample.getElement().setAttribute("data-state", state.word());
      legend.add(new Span(sample, new Span(Words.of("service." + state.word()))));
    }
    Span free = new Span();
    free.addClassName("sample");
    legend.add(new Span(free, new Span(Words.of("ports.legend.free"))));
    return legend;
  }

  @Override
  protected void onAttach(AttachEvent event) {
    super.onAttach(event);
    show(Access.view());
  }

  private void reserve() {
    PortMap map = shown;
    Integer next =
        map == null
            ? null
            : map.machines().stream()
                .filter(PortMap.Ports::self)
                .findFirst()
                .map(PortMap.Ports::nextFree)
                .orElse(null);
    new ReserveDialog(next).open();
  }

  private void release(PortMap.Port port) {
    String number = Integer.toString(port.number());
    ConfirmDialog confirm = new ConfirmDialog();
    confirm.setTestId("release-confirm");
    confirm.setHeader(Words.of("ports.release.title", number));
    confirm.setText(Words.of("ports.release.text", number, port.name()));
    confirm.setConfirmText(Words.of("ports.release.yes"));
    confirm.setCancelable(true);
    confirm.setCancelText(Words.of("submit.cancel"));
    String caller = Access.caller();
    confirm.addConfirmListener(yes ->
        Access.command(
            UI.getCurrent(),
            node -> node.services().release(caller, port.number()),
            PortsView::ended));
    confirm.open();
  }

  private static void ended(Answer answer) {
    if (answer.success()) {
      Access.dashboard().readServices();
    } else {
      Notices.failure(answer);
    }
  }

  @Override
  public void show(ClusterView view) {
    PortMap map = view.ports();
    if (map == null || map.equals(shown)) {
      return;
    }
    loading.setVisible(false);
    showConflicts(map.conflicts());
    Set<String> gone = new HashSet<>(byMachine.keySet());
    List<PortCard> wanted =
        map.machines().stream()
            .sorted(ORDER)
            .map(machine -> {
              gone.remove(machine.key());
              PortCard card =
                  byMachine.computeIfAbsent(machine.key(), key -> new PortCard(this::release));
              card.show(machine);
              return card;
            })
            .toList();
    gone.forEach(byMachine::remove);
    if (!cards.getChildren().toList().equals(wanted)) {
      cards.removeAll();
      wanted.forEach(cards::add);
    }
    shown = map;
  }

  private void showConflicts(List<String> now) {
    if (shown == null || !shown.conflicts().equals(now)) {
      conflicts.removeAll();
      now.forEach(text -> conflicts.add(new ListItem(text)));
      conflictCard.setVisible(!now.isEmpty());
    }
  }

  @Override
  public String getPageTitle() {
    return Titles.of(Words.of("ports.title"));
  }
}

package dev.caelum.ui.view;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.QueryParameters;
import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.MachineFacts;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One machine in detail, beside the table of all. */
final class MachinePanel extends Section {
  private static final Duration LATELY = Duration.ofMinutes(15);

  private final H2 name = new H2();
  private final Paragraph summary = new Paragraph();
  private final MachineFactsList facts = new MachineFactsList();
  private final MachineActions actions = new MachineActions();
  private final Charts charts = new Charts();
  private @Nullable Machine machine;
  private boolean asking;

  MachinePanel(Runnable close) {
    addClassNames("card", "panel");
    setTestId("machine-panel");
    Button leave = new Button(VaadinIcon.CLOSE_SMALL.create(), click -> close.run());
    leave.addThemeVariants(ButtonVariant.TERTIARY);
    leave.setAriaLabel(Words.of("machine.close"));
    leave.setTestId("machine-close");
    Div head = new Div(name, leave);
    head.addClassName("head");
    summary.addClassName("quiet");
    Button why = new Button(Words.of("machine.why"), click -> shown().ifPresent(WhyDialog::open));
    why.setTestId("machine-why");
    Button history = new Button(Words.of("machine.history"), click -> history());
    history.setTestId("machine-history");
    Div buttons = new Div(why, history);
    buttons.addClassName("buttons");
    charts.addClassName("small");
    add(head, summary, buttons, actions, facts, charts);
  }

  private Optional<Machine> shown() {
    return Optional.ofNullable(machine);
  }

  /** Shows {@code now}, which may be the same machine as before, a little later. */
  void show(Machine now) {
    Machine before = machine;
    machine = now;
    if (before == null || !before.key().equals(now.key())) {
      charts.show(now.duplicateId() ? now.key() : now.id(), LATELY, null);
    }
    if (now.equals(before)) {
      return;
    }
    name.setText(Words.name(now));
    summary.setText(Words.rule(now));
    actions.show(now);
    if (!asking) {
      asking = true;
      String caller = Access.caller();
      Access.ask(UI.getCurrent(), node -> node.machine(caller, now.key()), this::told);
    }
  }

  private void told(@Nullable MachineFacts answer) {
    asking = false;
    if (answer != null && machine != null && answer.machine().key().equals(machine.key())) {
      facts.show(answer);
    }
  }

  /** It is not in the table any more. */
  void gone() {
    summary.setText(Words.of("machine.gone"));
    actions.setVisible(false);
    machine = null;
  }

  private void history() {
    shown()
        .ifPresent(now ->
            UI.getCurrent()
                .navigate(
                    HistoryView.class,
                    QueryParameters.simple(
                        Map.of("machine", now.duplicateId() ? now.key() : now.id()))));
  }
}

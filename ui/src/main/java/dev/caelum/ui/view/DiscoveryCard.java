package dev.caelum.ui.view;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.dom.Element;
import dev.caelum.ui.client.Answer;
import dev.caelum.ui.client.Discovery;
import dev.caelum.ui.client.NodeInfo;
import dev.caelum.ui.state.ClusterView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Starts, shows and stops a discovery. What it shows comes from the node's events alone, so every
 * tab, and a run started elsewhere, looks the same.
 */
final class DiscoveryCard extends Section implements Shown {
  private final Button button = new Button();
  private final ProgressBar bar = new ProgressBar(0, 100);
  private final Span phase = new Span();
  private final Span percent = new Span();
  private final Span announced = new Span();
  private final Div progress = new Div();
  private final Paragraph figures = new Paragraph();
  private final Paragraph verdict = new Paragraph();
  private final Paragraph idle = new Paragraph();
  private final Paragraph last = new Paragraph();
  private final Element lastAt = new Element("caelum-time");
  private final Span lastText = new Span();
  private final PreviousRun previous = new PreviousRun();
  private final AttemptList attempts = new AttemptList();
  private final UnorderedList interfaces = new UnorderedList();
  private final Details interfaceDetails = new Details();
  private @Nullable Discovery shown;
  private List<NodeInfo.Interface> shownInterfaces = List.of();
  private boolean running;

  DiscoveryCard() {
    addClassNames("card", "discovery");
    H2 title = new H2(Words.of("discovery.title"));
    button.setTestId("discover");
    button.addClickListener(click -> press());
    Div head = new Div(title, button);
    head.addClassName("head");
    idle.setText(Words.of("discovery.idle"));
    idle.addClassName("quiet");
    bar.getElement().setAttribute("aria-label", Words.of("discovery.bar"));
    bar.setTestId("discovery-progress");
    phase.setTestId("discovery-phase");
    percent.addClassName("percent");
    Div line = new Div(phase, percent);
    line.addClassName("phase");
    progress.add(line, bar);
    progress.addClassName("progress");
    announced.addClassName("unseen");
    announced.getElement().setAttribute("aria-live", "polite");
    figures.addClassName("figures");
    figures.setTestId("discovery-figures");
    verdict.addClassName("result");
    verdict.setTestId("discovery-verdict");
    verdict.getElement().setAttribute("aria-live", "polite");
    last.addClassName("quiet");
    last.add(new Span(Words.of("discovery.last") + " "));
    last.getElement().appendChild(lastAt);
    last.add(lastText);
    interfaces.addClassName("interfaces");
    interfaces.setTestId("interfaces");
    interfaceDetails.setSummaryText(Words.of("discovery.interfaces"));
    interfaceDetails.add(interfaces);
    add(
        head,
        idle,
        progress,
        announced,
        verdict,
        last,
        figures,
        attempts,
        previous,
        interfaceDetails);
    button(false);
    progress.setVisible(false);
  }

  private void press() {
    String caller = Access.caller();
    boolean stop = running;
    getUI()
        .ifPresent(ui ->
            Access.command(
                ui,
                node -> stop ? node.stopDiscovery(caller) : node.discover(caller),
                DiscoveryCard::tellFailure));
  }

  private static void tellFailure(Answer answer) {
    if (!answer.success()) {
      Notices.failure(answer);
    }
  }

  private void button(boolean stop) {
    button.setText(Words.of(stop ? "discovery.stop" : "discovery.start"));
    button.setIcon((stop ? VaadinIcon.STOP : VaadinIcon.SEARCH).create());
    button.removeThemeVariants(ButtonVariant.PRIMARY);
    if (!stop) {
      button.addThemeVariants(ButtonVariant.PRIMARY);
    }
    button.getElement().setAttribute("aria-keyshortcuts", "Alt+D");
  }

  @Override
  public void show(ClusterView view) {
    Discovery run = view.discovery();
    if (!run.equals(shown)) {
      shown = run;
      show(run);
    }
    NodeInfo node = view.node();
    if (node != null && !node.interfaces().equals(shownInterfaces)) {
      shownInterfaces = node.interfaces();
      showInterfaces(node.interfaces());
    }
  }

  private void show(Discovery run) {
    if (run.running() != running) {
      running = run.running();
      button(running);
    }
    idle.setVisible(!running && !run.finished());
    progress.setVisible(running);
    verdict.setVisible(run.finished());
    last.setVisible(run.finished());
    figures.setVisible(running || run.finished());
    bar.setValue(run.percent());
    NodeText.Said stands = DiscoveryText.phase(run);
    bar.getElement().setAttribute("aria-valuetext", stands.text());
    stands.into(phase.getElement());
    announce(run.running() ? step(stands.text()) : "");
    percent.setText(run.percent() + " %");
    figures.setText(
        Words.of(
            "discovery.figures",
            run.interfacesUsed(),
            run.interfacesTotal(),
            run.sent(),
            run.received(),
            run.own(),
            run.unreadable(),
            run.answered(),
            run.fresh(),
            run.connected()));
    DiscoveryText.verdict(run).into(verdict.getElement());
    Instant startedAt = run.startedAt();
    if (startedAt != null) {
      lastAt.setAttribute("at", Long.toString(startedAt.toEpochMilli()));
    }
    lastText.setText(
        ", " + Words.of("discovery.took", Words.decimal(run.elapsedMillis() / 1000.0, 1)));
    attempts.show(run.attempts());
    previous.show(run);
  }

  /** Told to screen readers, once a step: the line itself changes every second. */
  private void announce(String step) {
    if (!step.equals(announced.getText())) {
      announced.setText(step);
    }
  }

  /** The line without its countdown, for example {@code Step 2 of 3 · Listening for answers}. */
  private static String step(String phaseLine) {
    int comma = phaseLine.indexOf(',');
    return comma < 0 ? phaseLine : phaseLine.substring(0, comma);
  }

  private void showInterfaces(List<NodeInfo.Interface> all) {
    interfaces.removeAll();
    for (NodeInfo.Interface each : all) {
      ListItem item = new ListItem(InterfaceLine.of(each));
      item.getElement().setAttribute("data-state", each.state());
      interfaces.add(item);
    }
    long up = all.stream().filter(each -> each.state().equals("up")).count();
    interfaceDetails.setSummaryText(Words.of("discovery.interfaces.of", up, all.size()));
  }
}

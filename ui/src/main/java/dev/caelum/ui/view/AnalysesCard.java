package dev.caelum.ui.view;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.dom.Element;
import dev.caelum.ui.client.Work;
import dev.caelum.ui.state.ClusterView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The analyses of code that this node was asked for: how far each is, and on which machines. */
final class AnalysesCard extends Section implements Shown {
  private static final int MOST = 20;

  private final Paragraph none = new Paragraph(Words.of("analyses.none"));
  private final UnorderedList list = new UnorderedList();
  private final Map<String, Row> rows = new LinkedHashMap<>();

  AnalysesCard() {
    addClassNames("card", "work");
    setTestId("analyses");
    none.addClassName("quiet");
    add(new H2(Words.of("analyses.title")), none, list);
    setVisible(false);
  }

  @Override
  public void show(ClusterView view) {
    Work work = view.work();
    setVisible(work != null);
    if (work == null) {
      return;
    }
    List<Work.Analysis> analyses = work.analyses().stream().limit(MOST).toList();
    none.setVisible(analyses.isEmpty());
    if (!ids(analyses).equals(List.copyOf(rows.keySet()))) {
      arrange(analyses);
    }
    for (Work.Analysis each : analyses) {
      Row row = rows.get(each.id());
      if (row != null) {
        row.show(each);
      }
    }
  }

  private static List<String> ids(List<Work.Analysis> analyses) {
    return analyses.stream().map(Work.Analysis::id).distinct().toList();
  }

  private void arrange(List<Work.Analysis> analyses) {
    Map<String, Row> before = Map.copyOf(rows);
    rows.clear();
    list.removeAll();
    for (Work.Analysis each : analyses) {
      Row known = before.get(each.id());
      Row row = known == null ? new Row(each) : known;
      rows.put(each.id(), row);
    }
    rows.values().forEach(list::add);
  }

  /** One analysis. */
  private static final class Row extends ListItem {
    private final Span badge = new Span();
    private final ProgressBar bar = new ProgressBar(0, 100);
    private final Span far = new Span();
    private final Span shares = new Span();
    private final Span problem = new Span();
    private final Button cancel;
    private Work.Analysis shown;

    Row(Work.Analysis first) {
      shown = first;
      badge.addClassName("badge");
      Element root = new Element("bdi");
      root.setText(first.root());
      root.getClassList().add("value");
      Div head = new Div(badge);
      head.getElement().appendChild(root);
      if (first.started() != null) {
        Element time = new Element("caelum-time");
        time.setAttribute("at", Long.toString(first.started().toEpochMilli()));
        time.getClassList().add("quiet");
        head.getElement().appendChild(time);
      }
      bar.getElement().setAttribute("aria-label", Words.of("analyses.bar", first.root()));
      shares.addClassName("quiet");
      problem.addClassName("failure");
      problem.getElement().setAttribute("lang", "en");
      cancel = new Button(Words.of("analyses.cancel"), click -> cancel());
      cancel.addThemeVariants(ButtonVariant.SMALL);
      cancel.setAriaLabel(Words.of("analyses.cancel.of", first.root()));
      cancel.setTestId("analysis-cancel");
      Div text = new Div(head, bar, far, shares, problem);
      add(text, cancel);
      fill(first);
    }

    void show(Work.Analysis now) {
      if (!now.equals(shown)) {
        shown = now;
        fill(now);
      }
    }

    private void fill(Work.Analysis now) {
      badge.setText(Words.known("analyses.state.", now.status()));
      badge
          .getElement()
          .setAttribute("data-state", now.status().equals("planning") ? "queued" : now.status());
      bar.setVisible(!now.over());
      bar.setIndeterminate(now.chunks() == 0);
      bar.setValue(Math.clamp(now.percent(), 0, 100));
      far.setText(
          now.chunks() == 0
              ? Words.of("analyses.planning")
              : Words.of("analyses.far", now.done(), now.chunks()));
      far.setVisible(now.chunks() > 0 || !now.over());
      shares.setText(
          now.shares().stream()
              .filter(share -> share.done() + share.running() > 0)
              .map(share ->
                  Words.of(
                      "analyses.share", Words.name(share.machine()), share.done(), share.running()))
              .collect(Collectors.joining(" · ")));
      problem.setText(String.join(" ", now.problems()));
      problem.setVisible(!now.problems().isEmpty());
      cancel.setVisible(!now.over());
      Access.onlyHere(cancel, "tasks.local_only");
    }

    private void cancel() {
      String caller = Access.caller();
      String id = shown.id();
      cancel.setEnabled(false);
      Access.command(
          UI.getCurrent(),
          node -> node.tasks().cancelAnalysis(caller, id),
          answer -> {
            cancel.setEnabled(true);
            Access.dashboard().readWork();
            if (!answer.success()) {
              Notices.failure(answer);
            }
          });
    }
  }
}

package dev.caelum.ui.view;

import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;
import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.MachineState;
import dev.caelum.ui.state.ClusterView;
import org.jspecify.annotations.Nullable;

/** The verdict sentence; the name of a machine in trouble stands out, its age ticks. */
final class VerdictLine extends Paragraph implements Shown {
  private final Span text = new Span();
  private final Span trouble = new Span();
  private final Element name = new Element("bdi");
  private final Span words = new Span();
  private final Age age = new Age("{0}.");
  private final Span more = new Span();
  private @Nullable Verdict shown;

  VerdictLine() {
    addClassName("verdict");
    setTestId("verdict");
    Element strong = new Element("strong");
    strong.appendChild(name);
    trouble.getElement().appendChild(strong);
    trouble.add(words, age, more);
    trouble.getElement().insertChild(0, Element.createText(" "));
    trouble.setVisible(false);
    add(text, trouble);
  }

  @Override
  public void show(ClusterView view) {
    Verdict verdict = Verdict.of(view);
    if (verdict.equals(shown)) {
      return;
    }
    shown = verdict;
    text.setText(verdict.text());
    getElement().setAttribute("data-good", Boolean.toString(verdict.good()));
    Machine worst = verdict.worst();
    trouble.setVisible(worst != null);
    if (worst != null) {
      name.setText(Words.name(worst));
      more.setText(verdict.more() > 0 ? " " + Words.of("verdict.more", verdict.more()) : "");
      words.setText(" " + Words.of("verdict.is." + worst.state().word()) + " ");
      age.since(worst.state() == MachineState.SUSPECT ? worst.lastSeen() : worst.stateSince());
    }
  }
}

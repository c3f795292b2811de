package dev.caelum.ui.view;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.dom.Element;
import dev.caelum.ui.client.Discovery;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the last discovery differs from the one before. */
final class PreviousRun extends Details {
  private final Div body = new Div();
  private Discovery.@Nullable Previous shown;

  PreviousRun() {
    super(Words.of("previous.title"));
    body.addClassName("previous");
    body.setTestId("previous-run");
    add(body);
    setVisible(false);
  }

  /** Shows what {@code run} is compared with; nothing without such. */
  void show(Discovery run) {
    Discovery.Previous previous = run.previous();
    setVisible(previous != null);
    if (previous == null || previous.equals(shown)) {
      return;
    }
    shown = previous;
    body.removeAll();
    Paragraph then = new Paragraph();
    Element at = new Element("caelum-time");
    Instant started = previous.startedAt();
    if (started != null) {
      at.setAttribute("at", Long.toString(started.toEpochMilli()));
    }
    then.getElement().appendChild(at);
    then.getElement()
        .appendChild(
            Element.createText(
                ": "
                    + Words.of(
                        "previous.then",
                        previous.answered(),
                        previous.connected(),
                        Words.decimal(previous.elapsedMillis() / 1000.0, 1))));
    then.addClassName("quiet");
    body.add(then);
    if (previous.gone().isEmpty() && previous.fresh().isEmpty()) {
      body.add(new Paragraph(Words.of("previous.same")));
    }
    names("previous.gone", previous.gone());
    names("previous.fresh", previous.fresh());
  }

  private void names(String key, List<String> names) {
    if (!names.isEmpty()) {
      Paragraph line = new Paragraph(Words.of(key) + " ");
      Element list = new Element("bdi");
      list.setText(String.join(", ", names.stream().map(Words::name).toList()));
      line.getElement().appendChild(list);
      body.add(line);
    }
  }
}

package dev.caelum.ui.view;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.dom.Element;
import dev.caelum.ui.client.Discovery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The contacts that a discovery made, each with its outcome. Addresses of a subnet scan that just
 * did not answer are counted, not listed.
 */
final class AttemptList extends Div {
  private static final int LISTED = 40;

  private final UnorderedList list = new UnorderedList();
  private final Paragraph rest = new Paragraph();
  private final Map<String, Row> rows = new HashMap<>();

  AttemptList() {
    addClassName("attempts");
    list.setTestId("attempts");
    rest.addClassName("quiet");
    rest.setTestId("attempts-rest");
    add(list, rest);
    setVisible(false);
  }

  /** One contact; kept while it stands in the list, so that selected text survives. */
  private static final class Row extends ListItem {
    private final Span outcome = new Span();
    private final Element text = new Element("bdi");
    private final Element hint = new Element("bdi");
    private Discovery.@Nullable Attempt shown;

    Row() {
      outcome.addClassName("badge");
      hint.setAttribute("class", "hint");
      Div words = new Div();
      words.getElement().appendChild(text, hint);
      add(outcome, words);
    }

    void show(Discovery.Attempt attempt) {
      if (attempt.equals(shown)) {
        return;
      }
      shown = attempt;
      String word = attempt.pending() ? "pending" : attempt.connected() ? "connected" : "failed";
      getElement().setAttribute("data-outcome", word);
      getElement().setAttribute("data-code", attempt.code() == null ? "" : attempt.code());
      outcome.getElement().setAttribute("data-state", word);
      outcome.setText(Words.of("attempt." + word));
      sentence(attempt).into(text);
      NodeText.hint(attempt.code(), attempt.hint(), attempt.hostname(), attempt.endpoint())
          .into(hint);
    }

    private static NodeText.Said sentence(Discovery.Attempt attempt) {
      String given = attempt.text();
      String hostname = attempt.hostname();
      if (given != null && !given.isEmpty()) {
        return attempt.connected() || attempt.pending()
            ? NodeText.attempt(
                attempt.connected(), given, hostname, attempt.endpoint(), attempt.millis())
            : NodeText.failure(attempt.code(), given, hostname, attempt.endpoint());
      }
      return NodeText.of(
          hostname == null
              ? attempt.endpoint()
              : Words.of("attempt.target", Words.name(hostname), attempt.endpoint()));
    }
  }

  void show(List<Discovery.Attempt> attempts) {
    List<Discovery.Attempt> telling =
        attempts.stream().filter(AttemptList::telling).limit(LISTED).toList();
    int others = attempts.size() - telling.size();
    setVisible(!attempts.isEmpty());
    rest.setVisible(others > 0);
    rest.setText(Words.of("attempts.rest", others));
    List<Row> wanted = new ArrayList<>(telling.size());
    Map<String, Row> before = new HashMap<>(rows);
    rows.clear();
    for (Discovery.Attempt attempt : telling) {
      Row known = before.get(attempt.endpoint());
      Row row = known == null || rows.containsKey(attempt.endpoint()) ? new Row() : known;
      row.show(attempt);
      rows.put(attempt.endpoint(), row);
      wanted.add(row);
    }
    if (!list.getChildren().toList().equals(wanted)) {
      list.removeAll();
      wanted.forEach(list::add);
    }
  }

  private static boolean telling(Discovery.Attempt attempt) {
    boolean scanned = attempt.method().equals("NETWORK_SCAN") && attempt.hostname() == null;
    return attempt.connected() || !scanned;
  }
}

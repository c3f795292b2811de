package dev.caelum.ui.view;

import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.dom.Element;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of facts, each a term and its value; in the page only those change that differ. */
abstract class Facts extends Composite<DescriptionList> {
  private final String terms;
  private List<String> shown = List.of();
  private List<Element> facts = new ArrayList<>();

  /**
   * @param testId of the list
   * @param terms the translations' prefix of the terms
   */
  Facts(String testId, String terms) {
    this.terms = terms;
    getContent().addClassName("facts");
    getContent().setTestId(testId);
  }

  /** Adds a fact to those of the next {@link #showFacts}. */
  void fact(String key, Element value) {
    Element term = new Element("dt");
    term.setText(Words.of(terms + key));
    Element description = new Element("dd");
    description.appendChild(value);
    Element fact = new Element("div");
    fact.setAttribute("data-fact", key);
    fact.appendChild(term, description);
    facts.add(fact);
  }

  /** The same for a text; what is empty was not told, and is left out. */
  void fact(String key, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      Element text = new Element("bdi");
      text.setText(value);
      fact(key, text);
    }
  }

  /** The same for a moment; a dash when it is unknown. */
  void fact(String key, @Nullable Instant at) {
    Element time = new Element("caelum-time");
    if (at != null) {
      time.setAttribute("at", Long.toString(at.toEpochMilli()));
    }
    fact(key, time);
  }

  /** Shows the facts added since the last time, in their order. */
  void showFacts() {
    Element list = getContent().getElement();
    List<String> now = facts.stream().map(Element::getOuterHTML).toList();
    if (keys(facts).equals(keys(list.getChildren().toList()))) {
      for (int i = 0; i < now.size(); i++) {
        if (!now.get(i).equals(shown.get(i))) {
          list.setChild(i, facts.get(i));
        }
      }
    } else {
      list.removeAllChildren();
      facts.forEach(list::appendChild);
    }
    shown = now;
    facts = new ArrayList<>();
  }

  private static List<String> keys(List<Element> facts) {
    return facts.stream().map(fact -> fact.getAttribute("data-fact")).toList();
  }
}

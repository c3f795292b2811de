package dev.caelum.ui.view;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.dom.Element;
import dev.caelum.ui.client.About;
import dev.caelum.ui.client.NodeInfo;
import org.jspecify.annotations.Nullable;

/** What the program is: version, Java, data folder, whose work is in it, and where to read on. */
final class AboutCard extends Section {
  private final Element facts = new Element("dl");
  private final Details licences = new Details(Words.of("about.licences", 0));

  AboutCard() {
    addClassName("card");
    setTestId("about");
    facts.setAttribute("class", "facts");
    licences.setTestId("about-licences");
    licences.setVisible(false);
    Div links =
        new Div(
            link("api/v1/openapi.json", "about.api"),
            link("observe/metrics", "about.metrics"),
            link("health", "about.health"));
    links.addClassName("links");
    add(new H2(Words.of("about.title")));
    getElement().appendChild(facts);
    add(links, licences);
  }

  private static Anchor link(String place, String words) {
    Anchor link = new Anchor(place, Words.of(words));
    link.setRouterIgnore(true);
    return link;
  }

  void show(@Nullable About about) {
    if (about == null) {
      return;
    }
    facts.removeAllChildren();
    fact("version", new Element("bdi").setText(about.version()));
    fact("licence", new Element("bdi").setText(about.licence()));
    fact("java", new Element("bdi").setText(about.java() + " · " + about.javaVendor()));
    fact("system", new Element("bdi").setText(about.system()));
    fact("pid", new Element("bdi").setText(Long.toString(about.pid())));
    NodeInfo node = Access.dashboard().view().node();
    if (about.startedAt() != null && node != null) {
      Element uptime = new Element("caelum-age");
      uptime.setAttribute("since", Long.toString(node.startedAt()));
      uptime.setAttribute("pattern", Words.of("age.for", "{0}"));
      fact("uptime", uptime);
    }
    if (about.dataFolder() != null) {
      fact("data", new Element("bdi").setText(about.dataFolder()));
    }
    Double free = about.dataFreeBytes();
    if (free != null) {
      fact("free", new Element("span").setText(Words.bytes(free.longValue())));
    }
    licences.setSummaryText(Words.of("about.licences", about.libraries().size()));
    licences.setVisible(!about.libraries().isEmpty());
    licences.removeAll();
    licences.add(table(about));
  }

  private void fact(String name, Element value) {
    Element box = new Element("div");
    box.setAttribute("data-fact", name);
    box.appendChild(
        new Element("dt").setText(Words.of("about." + name)), new Element("dd").appendChild(value));
    facts.appendChild(box);
  }

  private static Div table(About about) {
    Element table = new Element("table");
    table.setAttribute("class", "licences");
    Element head = new Element("tr");
    for (String column : new String[] {"library", "release", "licence"}) {
      Element cell = new Element("th");
      cell.setAttribute("scope", "col");
      cell.setText(Words.of("about." + column));
      head.appendChild(cell);
    }
    Element body = new Element("tbody");
    for (About.Library library : about.libraries()) {
      Element name = new Element("th");
      name.setAttribute("scope", "row");
      name.setText(library.name());
      body.appendChild(
          new Element("tr")
              .appendChild(
                  name,
                  new Element("td").setText(library.version()),
                  new Element("td").setText(library.licence())));
    }
    table.appendChild(new Element("thead").appendChild(head), body);
    Div div = new Div();
    div.getElement().appendChild(table);
    return div;
  }
}

package dev.caelum.ui.view;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.dom.Element;
import dev.caelum.ui.client.MachineState;
import java.util.List;

/** The keys, the words for states, and where to read on. */
final class HelpDialog extends Dialog {
  private static final List<String> KEYS =
      List.of("views", "discover", "pause", "search", "help", "close", "table", "tick");

  HelpDialog() {
    setHeaderTitle(Words.of("help.title"));
    setTestId("help-dialog");
    setWidth("min(44rem, 94vw)");
    Element keys = new Element("dl");
    keys.setAttribute("class", "terms");
    for (String key : KEYS) {
      term(keys, new Element("kbd").setText(Words.of("help.key." + key)), "help.does." + key);
    }
    Element states = new Element("dl");
    states.setAttribute("class", "terms");
    for (MachineState state : MachineState.values()) {
      Element badge = new Element("span");
      badge.setAttribute("class", "badge");
      badge.setAttribute("data-state", state.word());
      badge.setText(Words.of("state." + state.word()));
      term(states, badge, "state." + state.word() + ".rule");
    }
    Anchor api = new Anchor("api/v1/openapi.json", Words.of("help.api"));
    api.setRouterIgnore(true);
    Div body = new Div(new H3(Words.of("help.keys")));
    body.addClassName("help");
    body.getElement().appendChild(keys);
    body.getElement().appendChild(keySwitch());
    body.add(new H3(Words.of("help.states")));
    body.getElement().appendChild(states);
    body.add(
        new H3(Words.of("help.more")), new Paragraph(Words.of("help.cli")), new Paragraph(api));
    add(body);
    Button close = new Button(Words.of("why.close"), click -> close());
    close.setTestId("help-close");
    getFooter().add(close);
  }

  private static void term(Element list, Element term, String key) {
    Element name = new Element("dt");
    name.appendChild(term);
    Element text = new Element("dd");
    text.setText(Words.of(key));
    list.appendChild(name, text);
  }

  /** Kept by the browser, and obeyed by the static script. */
  private static Element keySwitch() {
    Element box = new Element("input");
    box.setAttribute("type", "checkbox");
    box.setAttribute("data-keys-switch", true);
    Element label = new Element("label");
    label.setAttribute("class", "key-switch");
    label.appendChild(box, new Element("span").setText(Words.of("help.single")));
    return label;
  }
}

package dev.caelum.ui.view;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.caelum.ui.client.NodeInfo;
import dev.caelum.ui.state.ClusterView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the node finds wrong with itself, each as one sentence. */
final class NodeNotes extends Div implements Shown {
  /** The node's code for: this machine's own network is down. */
  private static final String NETWORK_DOWN = "network_down";

  private List<Sentence> shown = List.of();

  private record Sentence(String code, String text) {}

  NodeNotes() {
    addClassName("notes");
    setTestId("notes");
    setVisible(false);
  }

  @Override
  public void show(ClusterView view) {
    List<Sentence> sentences = sentences(view.node());
    if (sentences.equals(shown)) {
      return;
    }
    shown = sentences;
    removeAll();
    sentences.forEach(this::add);
    setVisible(!sentences.isEmpty());
  }

  private void add(Sentence sentence) {
    Paragraph paragraph = new Paragraph(sentence.text());
    paragraph.getElement().setAttribute("data-code", sentence.code());
    if (sentence.code().equals(NETWORK_DOWN)) {
      paragraph.getElement().setAttribute("role", "alert");
    }
    add(paragraph);
  }

  private static List<Sentence> sentences(@Nullable NodeInfo node) {
    if (node == null) {
      return List.of();
    }
    List<Sentence> sentences = new ArrayList<>();
    for (NodeInfo.Listener listener : node.listeners()) {
      String problem = listener.problem();
      if (!listener.up()) {
        sentences.add(
            new Sentence(
                "listener",
                Words.of(
                    "note.listener",
                    listener.name(),
                    listener.address(),
                    problem == null ? "" : problem)));
      }
    }
    // the verdict says this one already
    node.notes().stream()
        .filter(note -> !note.code().equals("alone"))
        .forEach(note -> sentences.add(new Sentence(note.code(), note.text())));
    return List.copyOf(sentences);
  }
}

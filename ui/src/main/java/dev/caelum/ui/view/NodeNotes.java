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
  private List<String> shown = List.of();

  NodeNotes() {
    addClassName("notes");
    setTestId("notes");
    setVisible(false);
  }

  @Override
  public void show(ClusterView view) {
    List<String> sentences = sentences(view.node());
    if (sentences.equals(shown)) {
      return;
    }
    shown = sentences;
    removeAll();
    sentences.forEach(sentence -> add(new Paragraph(sentence)));
    setVisible(!sentences.isEmpty());
  }

  private static List<String> sentences(@Nullable NodeInfo node) {
    if (node == null) {
      return List.of();
    }
    List<String> sentences = new ArrayList<>();
    for (NodeInfo.Listener listener : node.listeners()) {
      String problem = listener.problem();
      if (!listener.up()) {
        sentences.add(
            Words.of(
                "note.listener",
                listener.name(),
                listener.address(),
                problem == null ? "" : problem));
      }
    }
    // the verdict says this one already
    node.notes().stream()
        .filter(note -> !note.code().equals("alone"))
        .forEach(note -> sentences.add(note.text()));
    return List.copyOf(sentences);
  }
}

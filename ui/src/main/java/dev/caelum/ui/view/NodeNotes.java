package dev.caelum.ui.view;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.caelum.ui.client.NodeInfo;
import dev.caelum.ui.state.ClusterView;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the node finds wrong with itself, each as one sentence. */
final class NodeNotes extends Div implements Shown {
  /** The node's code for: this machine's own network is down. */
  private static final String NETWORK_DOWN = "network_down";

  private final Predicate<String> told;
  private List<NodeInfo.Note> shown = List.of();

  /** All of them, but for what the verdict says already: that the node is alone. */
  NodeNotes() {
    this(code -> !code.equals("alone"));
  }

  /**
   * @param told which codes of notes are told
   */
  NodeNotes(Predicate<String> told) {
    this.told = told;
    addClassName("notes");
    setTestId("notes");
    setVisible(false);
  }

  @Override
  public void show(ClusterView view) {
    List<NodeInfo.Note> notes = notes(view.node());
    if (notes.equals(shown)) {
      return;
    }
    shown = notes;
    removeAll();
    notes.forEach(this::add);
    setVisible(!notes.isEmpty());
  }

  private void add(NodeInfo.Note note) {
    Paragraph paragraph = new Paragraph();
    NodeText.of(note.text()).into(paragraph.getElement());
    paragraph.getElement().setAttribute("data-code", note.code());
    if (note.code().equals(NETWORK_DOWN)) {
      paragraph.getElement().setAttribute("role", "alert");
    }
    add(paragraph);
  }

  private List<NodeInfo.Note> notes(@Nullable NodeInfo node) {
    return node == null
        ? List.of()
        : node.notes().stream().filter(note -> told.test(note.code())).toList();
  }
}

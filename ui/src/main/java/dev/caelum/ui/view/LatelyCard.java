package dev.caelum.ui.view;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.RouterLink;
import dev.caelum.ui.client.Lately;
import dev.caelum.ui.state.ClusterView;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last 15 minutes of the cluster: machines online, and tasks running. */
final class LatelyCard extends Section implements Shown {
  private final LatelyLine online = new LatelyLine(Words.of("glance.online"), "lately-online");
  private final LatelyLine running = new LatelyLine(Words.of("glance.running"), "lately-running");
  private final Div lines = new Div(online, running);
  private final Paragraph note = new Paragraph();
  private final RouterLink history = new RouterLink(Words.of("history.title"), HistoryView.class);
  private @Nullable Lately shown;

  LatelyCard() {
    addClassNames("card", "lately");
    setTestId("lately");
    history.setQueryParameters(QueryParameters.simple(Map.of("range", "15m")));
    Div head = new Div(new H2(Words.of("glance.lately")), history);
    head.addClassName("head");
    lines.addClassName("lately-lines");
    lines.setTestId("lately-lines");
    note.addClassName("quiet");
    note.setTestId("lately-note");
    add(head, lines, note);
    say(Words.of("history.loading"), false);
    setVisible(false);
  }

  private void say(String text, boolean drawn) {
    note.setText(text);
    note.setVisible(!text.isEmpty());
    lines.setVisible(drawn);
  }

  @Override
  public void show(ClusterView view) {
    setVisible(view.known());
    Lately lately = view.lately();
    if (lately == null || lately.equals(shown)) {
      return;
    }
    shown = lately;
    history.setVisible(lately.kept());
    say(lately.kept() ? beginning(lately.age()) : Words.of("history.none"), lately.kept());
    online.show(lately.online());
    running.show(lately.running());
  }

  /** Why the left is empty; nothing when it is not. */
  private static String beginning(@Nullable Duration age) {
    if (age == null) {
      return "";
    }
    return age.toMinutes() < 1
        ? Words.of("glance.beginning")
        : Words.of("glance.began", age.toMinutes());
  }
}

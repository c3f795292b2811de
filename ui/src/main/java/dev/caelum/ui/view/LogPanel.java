package dev.caelum.ui.view;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Input;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.caelum.ui.client.LogLine;
import dev.caelum.ui.state.ClusterView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The live discovery log; the browser keeps 5,000 lines and does filter, pause and copy. */
final class LogPanel extends Section implements Shown {
  private static final List<String> FILTERS = List.of("all", "machine", "connection", "problem");
  private static final String ID = "caelum-log";

  private final Lines lines = new Lines();
  private final List<Button> chips = new ArrayList<>();
  private final Button pause = new Button();
  private boolean paused;
  private long sent;

  @Tag("caelum-log")
  private static final class Lines extends Component {
    Lines() {
      setId(ID);
      setTestId("log");
      for (String word : List.of("info", "warning", "problem", "label", "empty", "jump", "none")) {
        getElement().setAttribute("data-" + word, Words.of("log." + word));
      }
      getElement().setAttribute("data-held", Words.of("log.held", "{0}"));
    }
  }

  /** One line as the browser takes it. */
  private record Line(
      long n,
      @Nullable Long at,
      String level,
      String category,
      String text,
      @Nullable String iface) {}

  LogPanel() {
    addClassName("log-panel");
    H2 title = new H2(Words.of("log.title"));
    Div bar = new Div();
    bar.addClassName("bar");
    for (String filter : FILTERS) {
      Button chip = new Button(Words.of("log.filter." + filter));
      chip.addThemeVariants(ButtonVariant.SMALL);
      chip.setTestId("log-filter-" + filter);
      chip.addClickListener(click -> filter(filter, chip));
      chips.add(chip);
      bar.add(chip);
    }
    pause.addThemeVariants(ButtonVariant.SMALL);
    pause.setTestId("log-pause");
    pause.addClickListener(click -> setPaused(!paused));
    Input search = new Input();
    search.setType("search");
    search.setPlaceholder(Words.of("log.search"));
    search.setTestId("log-search");
    search.getElement().setAttribute("aria-label", Words.of("log.search"));
    search.getElement().setAttribute("data-search-log", ID);
    bar.add(search);
    Div tools =
        new Div(
            pause,
            tool("wrap", VaadinIcon.ALIGN_LEFT),
            tool("copy", VaadinIcon.COPY_O),
            tool("download", VaadinIcon.DOWNLOAD_ALT),
            tool("json", VaadinIcon.CODE));
    tools.addClassName("tools");
    bar.add(tools);
    filter("all", chips.getFirst());
    setPaused(false);
    Paragraph older = new Paragraph(Words.of("log.older"));
    older.addClassName("quiet");
    add(title, bar, lines, older);
  }

  private static Button tool(String word, VaadinIcon icon) {
    Button button = new Button(Words.of("log." + word), icon.create());
    button.addThemeVariants(ButtonVariant.SMALL, ButtonVariant.TERTIARY);
    button.setTestId("log-" + word);
    button.getElement().setAttribute("data-" + word + "-log", ID);
    if (word.equals("wrap")) {
      button.getElement().setAttribute("aria-pressed", "true");
    }
    return button;
  }

  private void filter(String filter, Button chosen) {
    lines.getElement().setAttribute("filter", filter);
    for (Button chip : chips) {
      chip.getElement().setAttribute("aria-pressed", Boolean.toString(chip.equals(chosen)));
    }
  }

  private void setPaused(boolean value) {
    paused = value;
    pause.setText(Words.of(paused ? "log.resume" : "log.pause"));
    pause.setIcon((paused ? VaadinIcon.PLAY : VaadinIcon.PAUSE).create());
    pause.getElement().setAttribute("aria-pressed", Boolean.toString(paused));
    lines.getElement().executeJs("this.pause($0)", paused);
  }

  @Override
  public void show(ClusterView view) {
    List<Line> fresh =
        view.log().stream().filter(line -> line.number() > sent).map(LogPanel::line).toList();
    if (!fresh.isEmpty()) {
      sent = fresh.getLast().n();
      lines.getElement().executeJs("this.push($0)", fresh);
    }
  }

  private static Line line(LogLine line) {
    Instant time = line.time();
    return new Line(
        line.number(),
        time == null ? null : (Long) time.toEpochMilli(),
        line.level(),
        line.category(),
        line.text(),
        line.interfaceName());
  }
}

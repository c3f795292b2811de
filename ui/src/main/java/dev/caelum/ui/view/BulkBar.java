package dev.caelum.ui.view;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.progressbar.ProgressBar;
import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.NodeCommands;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with all machines that are ticked, how far it is, and how it went. A button does
 * it with those that it fits, and says how many these are when they are not all.
 */
final class BulkBar extends Div {
  private static final int MOST_LINES = 20;

  private final Span count = new Span();
  private final Map<BulkAction, Button> buttons = new EnumMap<>(BulkAction.class);
  private final Button tag = button("tag", this::tag);
  private final Button clear;
  private final ProgressBar bar = new ProgressBar(0, 1);
  private final Span progress = new Span();
  private final Button stop = button("stop", this::stop);
  private final Div doing = new Div(bar, progress, stop);
  private final Paragraph ended = new Paragraph();
  private final UnorderedList bad = new UnorderedList();
  private final Div told = new Div(ended, bad);
  private List<Machine> chosen = List.of();
  private int hidden;
  private @Nullable BulkRun run;

  /**
   * @param clearing takes all ticks away
   */
  BulkBar(Runnable clearing) {
    clear =
        button(
            "clear",
            () -> {
              told.setVisible(false);
              clearing.run();
            });
    clear.addThemeVariants(ButtonVariant.TERTIARY);
    count.getElement().setAttribute("role", "status");
    count.setTestId("bulk-count");
    Div line = new Div();
    line.addClassName("buttons");
    for (BulkAction action :
        List.of(BulkAction.TEST, BulkAction.IGNORE, BulkAction.UNIGNORE, BulkAction.FORGET)) {
      Button button = button(action.word(), () -> begin(action, chosen));
      buttons.put(action, button);
      line.add(button);
    }
    line.addComponentAtIndex(1, tag);
    line.add(
        MachineExport.file("bulk.", MachineExport.Kind.CSV, () -> chosen),
        MachineExport.file("bulk.", MachineExport.Kind.JSON, () -> chosen),
        clear);
    bar.getElement().setAttribute("aria-label", Words.of("bulk.title"));
    doing.addClassName("doing");
    doing.setVisible(false);
    ended.setTestId("bulk-ended");
    bad.addClassName("happened");
    told.getElement().setAttribute("role", "status");
    told.setVisible(false);
    addClassNames("save-bar", "bulk-bar");
    setTestId("bulk-bar");
    getElement().setAttribute("role", "region");
    getElement().setAttribute("aria-label", Words.of("bulk.title"));
    add(count, line, doing, told);
    setVisible(false);
  }

  private static Button button(String name, Runnable action) {
    Button button = new Button(Words.of("bulk." + name), click -> action.run());
    button.addThemeVariants(ButtonVariant.SMALL);
    button.setTestId("bulk-" + name);
    return button;
  }

  /**
   * Offers what can be done with {@code now}.
   *
   * @param outside how many of them the table does not show
   */
  void show(List<Machine> now, int outside) {
    if (!now.equals(chosen) || hidden != outside) {
      chosen = now;
      hidden = outside;
      offer();
    }
  }

  private void offer() {
    setVisible(!chosen.isEmpty() || run != null || told.isVisible());
    set(count, Words.of("bulk.count", chosen.size(), hidden));
    buttons.forEach((action, button) -> offer(button, action.word(), action::fits));
    offer(tag, "tag", machine -> machine.tags().size() < NotesDialog.TAGS_LIMIT);
    clear.setEnabled(run == null);
  }

  private void offer(Button button, String word, Predicate<Machine> fits) {
    long fitting = chosen.stream().filter(fits).count();
    String name = Words.of("bulk." + word);
    String text =
        fitting == chosen.size() || fitting == 0 ? name : Words.of("bulk.of", name, fitting);
    if (!text.equals(button.getText())) {
      button.setText(text);
    }
    button.setEnabled(run == null && fitting > 0);
    button.setTooltipText(fitting == 0 ? Words.of("bulk." + word + ".none") : null);
    Access.onlyHere(button, "machine.connect.local_only");
  }

  private static void set(Span span, String text) {
    if (!span.getText().equals(text)) {
      span.setText(text);
    }
  }

  private void begin(BulkAction action, List<Machine> with) {
    String caller = Access.caller();
    BulkAction undo = action.undo();
    begin(
        action.word(),
        with.stream().filter(action::fits).toList(),
        (node, machine) -> action.run(node, caller, machine),
        undo == null ? null : (node, machine) -> undo.run(node, caller, machine));
  }

  private void tag() {
    List<Machine> with =
        chosen.stream().filter(machine -> machine.tags().size() < NotesDialog.TAGS_LIMIT).toList();
    TagDialog.open(
        with.size(),
        name -> {
          String caller = Access.caller();
          begin(
              "tag",
              with.stream().filter(machine -> !machine.tags().contains(name)).toList(),
              (node, machine) -> {
                List<String> tags = new ArrayList<>(machine.tags());
                tags.add(name);
                return tagged(node, caller, machine, tags);
              },
              (node, machine) -> tagged(node, caller, machine, machine.tags()));
        });
  }

  private static BulkRun.Outcome tagged(
      NodeCommands node, String caller, Machine machine, List<String> tags) {
    return BulkAction.told(machine, node.machines().tag(caller, machine.key(), tags));
  }

  private void begin(
      String word,
      List<Machine> with,
      BiFunction<NodeCommands, Machine, BulkRun.Outcome> command,
      @Nullable BiFunction<NodeCommands, Machine, BulkRun.Outcome> undo) {
    told.setVisible(false);
    bar.setMax(Math.max(1, with.size()));
    progress(word, 0, with.size());
    stop.setEnabled(true);
    doing.setVisible(true);
    if (with.isEmpty()) {
      ended(word, List.of(), 0, null);
      return;
    }
    run =
        BulkRun.start(
            UI.getCurrent(),
            with,
            command,
            done -> progress(word, done, with.size()),
            outcomes -> ended(word, outcomes, with.size(), undo));
    offer();
  }

  private void progress(String word, int done, int all) {
    bar.setValue(done);
    set(progress, Words.of("bulk.doing", Words.of("bulk." + word + ".doing"), done, all));
  }

  private void stop() {
    if (run != null) {
      run.stop();
      stop.setEnabled(false);
    }
  }

  private void ended(
      String word,
      List<BulkRun.Outcome> outcomes,
      int all,
      @Nullable BiFunction<NodeCommands, Machine, BulkRun.Outcome> undo) {
    run = null;
    doing.setVisible(false);
    List<Machine> good =
        outcomes.stream().filter(BulkRun.Outcome::good).map(BulkRun.Outcome::machine).toList();
    int unasked = all - outcomes.size();
    String text = Words.of("bulk." + word + ".done", good.size());
    if (undo != null && !good.isEmpty()) {
      Notices.undo(text, () -> begin("undo", good, undo, null));
    }
    ended.setText(unasked == 0 ? text : text + " " + Words.of("bulk.stopped", unasked));
    bad.removeAll();
    List<BulkRun.Outcome> failed = outcomes.stream().filter(outcome -> !outcome.good()).toList();
    failed.stream().limit(MOST_LINES).map(BulkBar::line).forEach(bad::add);
    if (failed.size() > MOST_LINES) {
      bad.add(new ListItem(Words.of("bulk.more", failed.size() - MOST_LINES)));
    }
    bad.setVisible(!failed.isEmpty());
    told.setVisible(true);
    offer();
  }

  private static ListItem line(BulkRun.Outcome outcome) {
    Span name = new Span(Words.name(outcome.machine()));
    name.addClassName("value");
    Span text = new Span();
    if (outcome.text().isEmpty()) {
      text.setText(Words.of("command.failed"));
    } else {
      NodeText.of(outcome.text()).into(text.getElement());
    }
    ListItem item = new ListItem(new Component[] {name, text});
    item.getElement().setAttribute("data-ok", "false");
    return item;
  }
}

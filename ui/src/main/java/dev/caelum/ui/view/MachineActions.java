package dev.caelum.ui.view;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.caelum.ui.client.Answer;
import dev.caelum.ui.client.Machine;
import dev.caelum.ui.client.MachineCommands;
import dev.caelum.ui.client.MachineState;
import dev.caelum.ui.client.NodeCommands;
import dev.caelum.ui.client.TaskState;
import dev.caelum.ui.state.TaskList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an operator can do with the machine that is shown. */
final class MachineActions extends Div {
  private final Button connect = button("connect", this::connect);
  private final Button disconnect = button("disconnect", this::disconnect);
  private final Button test = button("test", this::test);
  private final Button notes = button("notes", NotesDialog::open);
  private final Button ignore = button("ignore", now -> ignore(now, !now.ignored()));
  private final Button forget = button("forget", MachineActions::forget);
  private final UnorderedList results = new UnorderedList();
  private @Nullable Machine machine;

  MachineActions() {
    addClassName("actions");
    Div buttons = new Div(connect, disconnect, test, notes, ignore, forget);
    buttons.addClassName("buttons");
    results.setTestId("machine-test-results");
    results.addClassName("happened");
    Div told = new Div(results);
    told.getElement().setAttribute("role", "status");
    add(buttons, told);
    results.setVisible(false);
  }

  private Button button(String name, Consumer<Machine> action) {
    Button button =
        new Button(
            Words.of("machine." + name),
            click -> {
              Machine now = machine;
              if (now != null) {
                action.accept(now);
              }
            });
    button.setTestId("machine-" + name);
    return button;
  }

  /** Offers what fits {@code now}. */
  void show(Machine now) {
    Machine before = machine;
    machine = now;
    if (before == null || !before.key().equals(now.key())) {
      results.setVisible(false);
      results.removeAll();
    }
    boolean gone = now.state() == MachineState.DEAD || now.state() == MachineState.LEFT;
    setVisible(true);
    connect.setVisible(!now.connected() && !now.self());
    disconnect.setVisible(now.connected() && !now.self());
    test.setVisible(!now.self());
    ignore.setVisible(!now.self());
    ignore.setText(Words.of(now.ignored() ? "machine.unignore" : "machine.ignore"));
    forget.setVisible(!now.self());
    forget.setEnabled(gone);
    forget.setTooltipText(gone ? null : Words.of("machine.forget.alive"));
    for (Button each : List.of(connect, disconnect, test, notes, ignore, forget)) {
      Access.onlyHere(each, "machine.connect.local_only");
    }
  }

  private static void command(Function<NodeCommands, Answer> command, Consumer<Answer> done) {
    Access.command(
        UI.getCurrent(),
        command,
        answer -> {
          if (!answer.success()) {
            Notices.failure(answer);
          }
          done.accept(answer);
        });
  }

  private void connect(Machine to) {
    ConnectDialog.parse(to.address())
        .ifPresent(target -> {
          connect.setEnabled(false);
          String caller = Access.caller();
          command(
              node -> node.connect(caller, target.host(), target.port()),
              answer -> {
                connect.setEnabled(true);
                if (answer.success()) {
                  Notices.success(Words.of("machine.connected", Words.name(to)));
                }
              });
        });
  }

  private void disconnect(Machine from) {
    ConfirmDialog confirm = new ConfirmDialog();
    confirm.setHeader(Words.of("machine.disconnect.title", Words.name(from)));
    confirm.setText(Words.of("machine.disconnect.text", Words.name(from), running(from)));
    confirm.setConfirmText(Words.of("machine.disconnect"));
    confirm.setCancelText(Words.of("machine.cancel"));
    confirm.setCancelable(true);
    String caller = Access.caller();
    confirm.addConfirmListener(sure ->
        command(
            node -> node.machines().disconnect(caller, from.key()),
            answer -> {
              if (answer.success()) {
                Notices.success(Words.of("machine.disconnected", Words.name(from)));
              }
            }));
    confirm.open();
  }

  /** How many of the tasks that the page knows run there. */
  private static long running(Machine there) {
    TaskList tasks = Access.view().tasks();
    return tasks == null
        ? 0
        : tasks.tasks().stream()
            .filter(task -> task.state() == TaskState.RUNNING)
            .filter(task -> there.hostname().equals(task.machineName()))
            .count();
  }

  private void test(Machine what) {
    test.setEnabled(false);
    String caller = Access.caller();
    Access.ask(UI.getCurrent(), node -> node.machines().test(caller, what.key()), this::tested);
  }

  private void tested(MachineCommands.Tested tested) {
    test.setEnabled(true);
    results.removeAll();
    if (tested.lines().isEmpty()) {
      Notices.failure(tested.answer());
      return;
    }
    for (MachineCommands.Line line : tested.lines()) {
      Span word = new Span(Words.of(line.ok() ? "machine.test.ok" : "machine.test.bad"));
      word.addClassName("mark");
      Span text = new Span();
      String hint = line.hint();
      NodeText.of(hint == null ? line.text() : line.text() + " " + hint).into(text.getElement());
      ListItem item = new ListItem(word, text);
      item.getElement().setAttribute("data-ok", Boolean.toString(line.ok()));
      results.add(item);
    }
    results.setVisible(true);
  }

  private static void ignore(Machine what, boolean ignored) {
    String caller = Access.caller();
    command(
        node -> node.machines().ignore(caller, what.key(), ignored),
        answer -> {
          if (answer.success() && ignored) {
            Notices.undo(Words.of("machine.ignored", Words.name(what)), () -> ignore(what, false));
          }
        });
  }

  private static void forget(Machine what) {
    String caller = Access.caller();
    command(
        node -> node.machines().forget(caller, what.key()),
        answer -> {
          if (answer.success()) {
            Notices.undo(
                Words.of("machine.forgotten", Words.name(what)),
                () ->
                    command(
                        node -> node.machines().remember(caller, what.key()), remembered -> {}));
          }
        });
  }

  /** The texts between the commas, each once. */
  static List<String> tags(String text) {
    List<String> tags = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String tag = part.strip();
      if (!tag.isEmpty() && !tags.contains(tag)) {
        tags.add(tag);
      }
    }
    return tags;
  }
}

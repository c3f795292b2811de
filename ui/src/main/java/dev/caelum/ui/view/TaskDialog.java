package dev.caelum.ui.view;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import dev.caelum.ui.client.Answer;
import dev.caelum.ui.client.Placement;
import dev.caelum.ui.client.Task;
import dev.caelum.ui.client.TaskCommands;
import dev.caelum.ui.client.TaskDetail;
import dev.caelum.ui.client.TaskOrder;
import dev.caelum.ui.client.TaskState;
import dev.caelum.ui.state.ClusterView;
import dev.caelum.ui.state.TaskList;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All about one task; it follows the task while it is open. */
final class TaskDialog extends Dialog implements Shown {
  private final String id;
  private final Consumer<TaskOrder> clone;
  private final Span state = new Span();
  private final Span told = new Span();
  private final ProgressBar bar = new ProgressBar(0, 100);
  private final Paragraph failure = new Paragraph();
  private final TaskFacts facts = new TaskFacts();
  private final TaskTimeline timeline = new TaskTimeline();
  private final JsonBlock result = new JsonBlock("task-result", Words.of("task.result"));
  private final JsonBlock payload = new JsonBlock("task-payload", Words.of("task.payload"));
  private final Paragraph hidden = new Paragraph(Words.of("task.hidden"));
  private final PlacementTable placement = new PlacementTable();
  private final Div waiting = new Div(new H3(Words.of("task.why")), placement);
  private final Button cancel = button("task.cancel", "task-cancel");
  private final Button retry = button("task.retry", "task-retry");
  private final Button again = button("task.clone", "task-clone");
  private @Nullable Task shown;
  private @Nullable TaskDetail detail;

  /**
   * @param clone told of the order when somebody wants one like it
   */
  TaskDialog(Task task, Consumer<TaskOrder> clone) {
    this(task.id(), task.type(), clone);
    show(task);
  }

  TaskDialog(String id, String type, Consumer<TaskOrder> clone) {
    this.id = id;
    this.clone = clone;
    setHeaderTitle(type);
    setTestId("task-dialog");
    addClassName("task-dialog");
    state.addClassName("badge");
    state.setTestId("task-dialog-state");
    told.addClassName("quiet");
    Div head = new Div(state, told);
    head.addClassName("names");
    bar.getElement().setAttribute("aria-label", Words.of("task.bar", type));
    bar.setVisible(false);
    failure.addClassName("failure");
    failure.setTestId("task-failure");
    failure.setVisible(false);
    hidden.addClassName("quiet");
    hidden.setTestId("task-hidden");
    Details sent = new Details(Words.of("task.payload"), payload);
    sent.addClassName("payload");
    waiting.addClassName("waiting");
    hide(result, payload, waiting, hidden);
    Div body = new Div(head, bar, failure, facts, waiting, result, hidden);
    body.add(new H3(Words.of("task.timeline")), timeline, sent);
    body.addClassName("task");
    add(body);
    cancel.addThemeVariants(ButtonVariant.ERROR);
    cancel.addClickListener(click -> confirmCancel());
    retry.addClickListener(click -> give(TaskCommands::retry));
    again.addClickListener(click -> Optional.ofNullable(detail).ifPresent(this::order));
    again.setEnabled(false);
    Access.onlyHere(cancel, "tasks.local_only");
    Access.onlyHere(retry, "tasks.local_only");
    Access.onlyHere(again, "tasks.local_only");
    Button close = button("dialog.close", "task-close");
    close.addClickListener(click -> close());
    getFooter().add(cancel, retry, again, close);
    setWidth("min(52rem, 94vw)");
  }

  private static Button button(String key, String testId) {
    Button button = new Button(Words.of(key));
    button.setTestId(testId);
    return button;
  }

  private static void hide(com.vaadin.flow.component.Component... parts) {
    for (var part : parts) {
      part.setVisible(false);
    }
  }

  String id() {
    return id;
  }

  @Override
  public void show(ClusterView view) {
    TaskList tasks = view.tasks();
    if (tasks != null) {
      tasks.tasks().stream().filter(task -> task.id().equals(id)).findFirst().ifPresent(this::show);
    }
  }

  private void show(Task task) {
    if (task.equals(shown)) {
      return;
    }
    boolean moved = shown == null || shown.state() != task.state();
    shown = task;
    setHeaderTitle(
        task.service() == null ? task.type() : Words.of("task.for", task.type(), task.service()));
    state.getElement().setAttribute("data-state", task.state().word());
    state.setText(TaskWords.state(task.state()));
    state.setTitle(TaskWords.rule(task.state()));
    boolean runs = task.state() == TaskState.RUNNING;
    String progress = TaskWords.progress(task);
    told.setText(runs ? progress : TaskWords.rule(task.state()));
    bar.setVisible(runs);
    bar.setIndeterminate(task.percent() == null);
    bar.setValue(task.percent() == null ? 0 : task.percent());
    bar.getElement().setAttribute("aria-valuetext", progress);
    failure.setVisible(task.errorText() != null && task.state() != TaskState.DONE);
    NodeText.of(task.errorText()).into(failure.getElement());
    failure
        .getElement()
        .setAttribute("data-code", task.errorCode() == null ? "" : task.errorCode());
    cancel.setVisible(!task.state().over());
    retry.setVisible(task.state().over());
    facts.show(task, detail);
    if (moved && isOpened()) {
      ask();
    }
  }

  /** Opens it and asks the node for all the rest. */
  @Override
  public void open() {
    super.open();
    ask();
  }

  private void ask() {
    String caller = Access.caller();
    Access.ask(UI.getCurrent(), node -> node.tasks().detail(caller, id), this::show);
  }

  /** Shows the answer; null when there was none. */
  void show(@Nullable TaskDetail now) {
    if (now == null) {
      if (shown == null) {
        told.setText(Words.of("task.unknown"));
      }
      return;
    }
    detail = now;
    if (shown == null || !shown.newerThan(now.task())) {
      show(now.task());
    }
    facts.show(now.task(), now);
    timeline.show(now.changes());
    String json = now.payload();
    payload.setVisible(json != null);
    payload.show(json == null ? "" : json, id + "-payload.json");
    String done = now.result();
    result.setVisible(done != null);
    result.show(done == null ? "" : done, id + "-result.json");
    hidden.setVisible(json == null);
    Placement why = now.placement();
    waiting.setVisible(why != null && !why.machines().isEmpty());
    if (why != null) {
      placement.show(why);
    }
    again.setEnabled(Access.local());
  }

  private void order(TaskDetail of) {
    close();
    clone.accept(of.order());
  }

  private void confirmCancel() {
    Task task = shown;
    if (task == null) {
      return;
    }
    ConfirmDialog confirm = new ConfirmDialog();
    confirm.setTestId("task-cancel-confirm");
    confirm.setHeader(Words.of("task.cancel.title", task.type()));
    confirm.setText(
        task.state().held()
            ? Words.of("task.cancel.running", TaskWords.machine(task))
            : Words.of("task.cancel.queued"));
    confirm.setConfirmText(Words.of("task.cancel.yes"));
    confirm.setConfirmButtonTheme("error primary");
    confirm.setCancelable(true);
    confirm.setCancelText(Words.of("task.cancel.no"));
    confirm.addConfirmListener(yes -> give(TaskCommands::cancel));
    confirm.open();
  }

  private interface Command {
    Answer give(TaskCommands node, String caller, String id);
  }

  private void give(Command command) {
    String caller = Access.caller();
    Access.command(
        UI.getCurrent(),
        node -> command.give(node.tasks(), caller, id),
        answer -> {
          if (!answer.success()) {
            Notices.failure(answer);
          }
          ask();
        });
  }
}
